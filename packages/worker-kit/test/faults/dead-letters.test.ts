import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { amqpUrl, onEnd, redisUrl } from '@jackalope/local-servers/testing'
import type { Job } from 'bullmq'
import { type DeadJob, deadLettersOf } from '../../src/index.ts'
import { Ledger } from '../support/ledger.ts'
import { type Setup, setup } from '../support/setup.ts'
import { startWorkerProcess } from '../support/worker-process.ts'

/** Resolves when a worker has written the letter of the queue's job, and was killed before the failure was recorded. */
async function dieBeforeRecording(t: TestContext, { prefix, name }: Setup): Promise<void> {
  const script = fileURLToPath(new URL('../support/worker-killed-before-recording.ts', import.meta.url))
  const args = [script, amqpUrl(), redisUrl(), prefix, name]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  onEnd(t, () => child.kill('SIGKILL'))
  assert.deepEqual(await once(child, 'exit'), [null, 'SIGKILL'])
}

const lockDuration = 1_000

test('R9: a worker killed between letter and record leaves a job that runs again; failing again makes no second letter', async t => {
  const base = setup(t)
  const jobs = base.queue()
  const { id } = await jobs.add('a', { n: 1 })
  await dieBeforeRecording(t, base)
  const letters = deadLettersOf(jobs)
  assert.equal(await letters.count(), 1)

  const second = base.worker(
    async () => {
      throw new Error('broken again')
    },
    { lockDuration, stalledInterval: 500 },
  )
  await once(second, 'failed')
  const found = (await letters.get(String(id))) as (DeadJob & { copies: number })[]
  // Taken over, the run keeps its stamp, and the letter is the same; found stalled, it has a new one.
  const open = found.filter(({ status }) => status === 'failed')
  assert.equal(open.length, 1)
  assert.ok(found.every(({ status }) => status !== 'removed'))
  assert.equal(
    found.reduce((sum, { copies }) => sum + copies, 0),
    2,
  )
  await second.close()

  let runs = 0
  const third = base.worker(async () => {
    runs += 1
  })
  const completed = once(third, 'completed')
  const replays = await letters.replay('all')
  await completed
  assert.deepEqual(
    replays.filter(({ outcome }) => outcome !== 'moved on').map(({ outcome }) => outcome),
    ['retried'],
  )
  assert.deepEqual(
    (await letters.replay('all')).filter(({ outcome }) => outcome !== 'moved on'),
    [],
  )
  assert.equal(runs, 1)
})

test('R9: if that job completes on its second run, its letter shows as replayed, also when its record is gone', async t => {
  const base = setup(t)
  const jobs = base.queue()
  const { id } = await jobs.add('a', { n: 1 }, { removeOnComplete: true })
  await dieBeforeRecording(t, base)
  const second = base.worker(async () => 'done', { lockDuration, stalledInterval: 500 })
  await once(second, 'completed')
  const letters = deadLettersOf(jobs)
  const [letter] = (await letters.get(String(id))) as DeadJob[]
  assert.deepEqual([letter?.status, letter?.job], ['replayed', 'removed'])
  assert.deepEqual(
    (await letters.replay('all')).map(({ outcome }) => outcome),
    ['moved on'],
  )
  assert.equal(await letters.purge({ replayed: true }), 1)
})

test('a job that kills its worker every time ends in a letter that says so', async t => {
  const base = setup(t)
  const jobs = base.queue()
  const { id } = await jobs.add('die', {})
  const { prefix, name } = base
  for (let death = 1; death <= 2; death++)
    await startWorkerProcess(t, new Ledger(), { prefix, name, lockDurationMs: lockDuration }).ended
  const worker = base.worker(async () => assert.fail('the poison ran'), {
    lockDuration,
    stalledInterval: 500,
    maxStalledCount: 1,
  })
  const failed = new Promise<Job | undefined>(resolve => worker.once('failed', resolve))
  assert.equal((await failed)?.id, id)
  const [letter] = (await deadLettersOf(jobs).get(String(id))) as DeadJob[]
  assert.match(String(letter?.failure.reason), /stalled more than allowable limit/)
  assert.deepEqual([letter?.failure.stalls, letter?.status], [2, 'failed'])
})
