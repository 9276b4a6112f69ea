import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { createGridFsBlobStore } from '@jackalope/blob-store'
import {
  type ConversionProgress,
  conversionOptions,
  explained,
  readEnd,
  retryField,
} from '@jackalope/contracts'
import { wholeFile } from '@jackalope/local-servers/testing'
import { PostponeError, UnrecoverableError, WorkerKitError } from '@jackalope/worker-kit'
import { pino } from 'pino'
import { ConverterError } from '../../src/converter-error.ts'
import { type AttemptedJob, type EndAttemptDeps, endAttempts } from '../../src/job/end-attempt.ts'
import { openMediaFolder } from '../support/media-folder.ts'
import { openStores } from '../support/stores.ts'

const media = await openMediaFolder(wholeFile)
const hourMs = 3_600_000
const diskFull = new ConverterError('ERR_DISK_FULL', 'Not enough space')
const noAudio = new ConverterError('ERR_NO_AUDIO', explained('no-audio-track', {}))

/** A stored video, and attempts of its job that fail as they are told. */
async function setup(t: TestContext, more: Partial<EndAttemptDeps> = {}) {
  const { videos, upload } = openStores(t)
  const { videoId, ownerId, jobId: id } = await upload(await media.write('video', 'x'))
  const suspected: unknown[] = []
  /** What the jobs' data keep of their failures. */
  const kept: unknown[] = []
  let progress: unknown = 0
  const deps: EndAttemptDeps = {
    videos,
    patienceMs: 12 * hourMs,
    suspect: error => void suspected.push(error),
    prove: () => {},
    logger: pino({ level: 'silent' }),
    ...more,
  }
  const run = async (fail: () => unknown, job: Partial<AttemptedJob> = {}) => {
    const attempt: AttemptedJob = {
      id,
      data: { videoId, ownerId, options: conversionOptions.parse({}) },
      attempt: 1,
      attempts: 10,
      progress: async told => {
        progress = told
      },
      log: async () => {},
      signal: new AbortController().signal,
      job: { progress, updateData: async data => void kept.push(data.explanation?.code) },
      ...job,
    }
    return await endAttempts(async () => {
      throw fail()
    }, deps)(attempt).then(
      () => assert.fail('no error'),
      (error: unknown) => error,
    )
  }
  const end = async () => readEnd((await videos.stat(videoId))?.metadata ?? {})
  const waited = () => (progress as ConversionProgress).waitForUs
  return {
    videos,
    videoId,
    run,
    end,
    waited,
    suspected,
    kept,
    setProgress: (told: unknown) => (progress = told),
  }
}

test('an end with a reason of the file is claimed on the video, before anybody hears of it; the first one stands', async t => {
  const { run, end, videos, videoId, suspected, kept } = await setup(t)
  const error = await run(() => noAudio, { attempt: 3 })
  assert.ok(error instanceof UnrecoverableError && error.message === noAudio.message)
  const first = await end()
  assert.deepEqual(first && [first.state, first.error, first.attemptsMade], ['failed', noAudio.message, 3])
  // As data, too: on the video, and in the job, whose dead letter the notifier reads.
  assert.deepEqual(first?.explanation, { code: 'no-audio-track', params: {} })
  assert.deepEqual(kept, ['no-audio-track'])
  await run(() => new ConverterError('ERR_FILE_DAMAGED', 'Damaged.'))
  assert.deepEqual(await end(), first)
  assert.deepEqual(suspected, [])
  // Tried again by its owner: another round, with an end of its own.
  await videos.claimMetadata(videoId, retryField(1), {})
  assert.equal(await end(), undefined)
  await run(() => new ConverterError('ERR_FILE_DAMAGED', 'Damaged.'))
  assert.equal((await end())?.error, 'Damaged.')
})

test('a cancellation is claimed, and holds for a run that does not know of it', async t => {
  const { run, end } = await setup(t)
  const abort = new AbortController()
  const canceled = new WorkerKitError('ERR_JOB_CANCELED', 'Canceled: by its owner')
  const stopped = () => {
    abort.abort(canceled)
    return new Error('stopped')
  }
  assert.equal(await run(stopped, { signal: abort.signal }), canceled)
  assert.equal((await end())?.state, 'canceled')
  const again = await run(() => assert.fail('it ran'))
  assert.ok(again instanceof UnrecoverableError && again.message === canceled.message)
})

test('a fault of ours uses up no attempt: the job waits, for longer each time, and fails when that has lasted for hours', async t => {
  const { run, end, waited, suspected, setProgress } = await setup(t)
  const delays: number[] = []
  for (let pause = 1; pause <= 12; pause += 1) {
    const error = await run(() => diskFull, { attempt: 10 })
    assert.ok(error instanceof PostponeError)
    assert.equal(waited()?.pauses, pause)
    delays.push(error.delayMs)
  }
  assert.ok((delays[0] ?? 0) <= 5_000 && delays.every(ms => ms <= 600_000), String(delays))
  assert.ok((delays[6] ?? 0) > 100_000 && (delays[11] ?? 0) >= 300_000, String(delays))
  assert.equal(suspected.length, 12)
  assert.equal(await end(), undefined)

  const since = new Date(Date.now() - 12 * hourMs).toISOString()
  setProgress({ percent: 0, stage: 'fetching', waitForUs: { ...waited(), since } })
  const error = await run(() => diskFull)
  assert.ok(error instanceof UnrecoverableError)
  assert.match(error.message, /a reason of ours, which lasted for 12 hours\./)
  assert.match(error.stack ?? '', /^UnrecoverableError.*Caused by: ConverterError: Not enough space/s)
  assert.equal((await end())?.error, error.message)
  assert.equal(waited(), undefined, 'a retry of its owner begins to wait anew')
})

test('whatever this machine or a server refuses is our fault, and what may be the file’s is not', async t => {
  const { run, end } = await setup(t)
  const refused = Object.assign(new Error('too many open files'), { code: 'EMFILE', syscall: 'open' })
  const unrecorded = Object.assign(new Error('Redis is away'), { code: 'ERR_NOT_RECORDED' })
  const unusable = new ConverterError('ERR_TOOL_UNUSABLE', 'Cannot run ffmpeg')
  for (const error of [refused, unrecorded, unusable])
    assert.ok((await run(() => error)) instanceof PostponeError, error.message)
  const killed = new ConverterError('ERR_TOOL_FAILED', 'ffmpeg was ended by SIGKILL')
  for (const error of [killed, new TypeError('x is undefined'), undefined])
    assert.equal(await run(() => error), error)
  assert.equal(await end(), undefined)
  assert.equal(await run(() => killed, { attempt: 10 }), killed)
  assert.match((await end())?.error ?? '', /for a reason of ours, at every attempt/)
})

test('a job that the shutdown takes away, or another worker, has not ended', async t => {
  const { run, end } = await setup(t)
  for (const reason of ['the worker is shutting down', 'the lock was lost'])
    assert.equal(await run(() => noAudio, { signal: AbortSignal.abort(reason), attempt: 10 }), reason)
  assert.equal(await end(), undefined)
})

test('a job whose end cannot be recorded has not ended, however long that lasts', async t => {
  const away = createGridFsBlobStore({ url: 'mongodb://127.0.0.1:1', database: 'videos' })
  await away.close()
  const { run, suspected } = await setup(t, { videos: away, patienceMs: 0 })
  assert.ok((await run(() => noAudio)) instanceof PostponeError)
  assert.match(String(suspected.at(-1)), /closed/)
})
