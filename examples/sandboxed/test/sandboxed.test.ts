import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { cancelJob, createRabbitmqBackend } from '@jackalope/worker-kit'
import { type Job, withBackend } from 'bullmq'

/** A program that ends too early says nothing more. */
const timeout = 120_000

/** The worker as a process of its own, and a queue beside it. */
async function started(t: TestContext, threads: boolean) {
  const { AMQP_URL, REDIS_URL, PATH } = process.env
  if (!AMQP_URL || !REDIS_URL) throw new Error('AMQP_URL and REDIS_URL are not set: run ./jackalope test')
  const prefix = `test-${randomUUID()}`
  const { Queue, QueueEvents } = withBackend(createRabbitmqBackend({ url: AMQP_URL }))
  const queue = new Queue('primes', { connection: { url: REDIS_URL }, prefix })
  const events = new QueueEvents('primes', { connection: { url: REDIS_URL }, prefix })
  await events.waitUntilReady()
  const worker = spawn(process.execPath, [join(import.meta.dirname, '../worker.ts')], {
    env: { PATH, AMQP_URL, REDIS_URL, PREFIX: prefix, THREADS: threads ? '1' : '0' },
    stdio: 'inherit',
  })
  const ended = once(worker, 'exit')
  t.after(async () => {
    worker.kill('SIGTERM')
    assert.deepEqual(await ended, [0, null])
    await events.close()
    await queue.obliterate({ force: true })
    await queue.close()
  })
  return {
    queue,
    finished: (job: Job) => job.waitUntilFinished(events, 60_000),
    /** Resolves at the first progress of a job that is reported from then on. */
    progress: (job: Job) =>
      new Promise<void>(resolve => {
        events.on('progress', ({ jobId }) => {
          if (jobId === job.id) resolve()
        })
      }),
  }
}

for (const [kind, threads] of [
  ['a process', false],
  ['a thread', true],
] as const) {
  test(`a processor in ${kind} of its own reports progress and logs, and its result`, {
    timeout,
  }, async t => {
    const { queue, finished } = await started(t, threads)
    const job = await queue.add('count', { below: 10_000 })
    assert.deepEqual(await finished(job), { primes: 1229 })
    assert.equal((await queue.getJob(job.id as string))?.progress, 100)
    assert.match(String((await queue.getJobLogs(job.id as string)).logs), /^process \d+$/)
  })

  test(`a processor in ${kind} of its own is canceled from another process, and the worker goes on`, {
    timeout,
  }, async t => {
    const { queue, finished, progress } = await started(t, threads)
    const endless = await queue.add('count', { below: Number.MAX_SAFE_INTEGER })
    await progress(endless)
    assert.equal(await cancelJob(queue, endless.id as string, 'not wanted'), 'requested')
    await assert.rejects(finished(endless), { message: 'Canceled: not wanted' })
    assert.deepEqual(await finished(await queue.add('count', { below: 100 })), { primes: 25 })
  })
}

test('a processor that ends its process fails its attempt alone, and is tried again in a new process', {
  timeout,
}, async t => {
  const { queue, finished, progress } = await started(t, false)
  const job = await queue.add('count', { below: Number.MAX_SAFE_INTEGER }, { attempts: 2 })
  await progress(job)
  const [line] = (await queue.getJobLogs(job.id as string)).logs
  await job.updateData({ below: 100 })
  process.kill(Number(line?.replace('process ', '')), 'SIGKILL')
  assert.deepEqual(await finished(job), { primes: 25 })
  assert.equal((await queue.getJob(job.id as string))?.attemptsMade, 2)
})
