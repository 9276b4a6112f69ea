import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter'
import { createRabbitmqBackend } from '@jackalope/worker-kit'
import { type Job, withBackend } from 'bullmq'

/** A program that ends too early says nothing more. */
const timeout = 120_000

/** Of the board's answers what is looked at here. */
interface Answer {
  job: { id: string; returnValue: unknown }
  status: string
  queues: [{ isPaused: boolean; hasWorkers: boolean; counts: { waiting: number }; jobs: { name: string }[] }]
}

/** The board as a process of its own, and a worker, a queue and a flow producer beside it. */
async function started(t: TestContext, program: string) {
  const { AMQP_URL, REDIS_URL, PATH } = process.env
  if (!AMQP_URL || !REDIS_URL) throw new Error('AMQP_URL and REDIS_URL are not set: run ./jackalope test')
  const prefix = `test-${randomUUID()}`
  const connection = { url: REDIS_URL }
  const { Queue, Worker, FlowProducer, QueueEvents } = withBackend(createRabbitmqBackend({ url: AMQP_URL }))
  const [emails, digests] = ['emails', 'digests'].map(name => new Queue(name, { connection, prefix }))
  const flows = new FlowProducer({ connection, prefix })
  const events = new QueueEvents('emails', { connection, prefix })
  await events.waitUntilReady()
  /** Of each job name how often a job of it was run. */
  const runs = new Map<string, number>()
  const worker = new Worker(
    'emails',
    async job => {
      runs.set(job.name, (runs.get(job.name) ?? 0) + 1)
      if (job.name === 'fails once' && job.attemptsMade === 0) throw new Error('no answer')
      if (job.name === 'fails') throw new Error('no such mailbox')
      await job.log('sent')
      return job.data
    },
    { connection: { url: REDIS_URL, maxRetriesPerRequest: null }, prefix },
  )
  const env = { PATH, AMQP_URL, REDIS_URL, PREFIX: prefix, PORT: '0' }
  const board = spawn(process.execPath, [join(import.meta.dirname, '..', program)], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(board, 'exit')
  const [address] = (await once(createInterface({ input: board.stdout }), 'line')) as [string]
  t.after(async () => {
    board.kill('SIGTERM')
    assert.deepEqual(await ended, [0, null])
    await worker.close()
    await flows.close()
    await events.close()
    for (const queue of [emails, digests]) {
      await queue?.obliterate({ force: true })
      await queue?.close()
    }
  })
  return {
    emails: emails as NonNullable<typeof emails>,
    flows,
    runs,
    page: async () => await (await fetch(address)).text(),
    call: async (method: string, path: string, body?: object): Promise<Answer> => {
      const response = await fetch(`${address}/api/queues${path}`, {
        method,
        headers: { 'Content-Type': 'application/json' },
        body: body && JSON.stringify(body),
      })
      assert.ok(response.ok, `${method} ${path}: ${response.status} ${await response.clone().text()}`)
      return (response.status === 204 ? undefined : await response.json()) as Answer
    },
    finished: (job: Job) => job.waitUntilFinished(events, 30_000),
  }
}

for (const program of ['koa.ts', 'express.ts']) {
  test(`${program}: shows, adds, retries, promotes, cleans and pauses jobs that run on RabbitMQ`, {
    timeout,
  }, async t => {
    const { emails, flows, runs, page, call, finished } = await started(t, program)
    const find = async (id: string) => (await emails.getJob(id)) as Job
    assert.match(await page(), /<html/)

    // Add: the job is published by the board, and runs.
    const added = await call('POST', '/emails/add', { name: 'welcome', data: { to: 'ada' }, options: {} })
    assert.deepEqual(await finished(await find(added.job.id)), { to: 'ada' })
    const shown = await call('GET', `/emails/${added.job.id}`)
    assert.deepEqual([shown.status, shown.job.returnValue], ['completed', { to: 'ada' }])
    assert.deepEqual(await call('GET', `/emails/${added.job.id}/logs`), ['sent'])

    // Retry one, and all.
    const failed = await emails.add('fails once', {})
    await assert.rejects(finished(failed), /no answer/)
    await call('PUT', `/emails/${failed.id}/retry`)
    await finished(failed)
    const many = await emails.addBulk([1, 2, 3].map(n => ({ name: 'fails', data: { n } })))
    for (const job of many) await assert.rejects(finished(job), /no such mailbox/)
    assert.deepEqual(await call('PUT', '/emails/retry/failed'), { retried: 3, skipped: 0 })
    for (const job of many) await assert.rejects(finished(job), /no such mailbox/)
    assert.equal(runs.get('fails'), 6)

    // Promote one, and all.
    const delayed = await emails.add('delayed', {}, { delay: 3_600_000 })
    await call('PUT', `/emails/${delayed.id}/promote`)
    await finished(delayed)
    const later = await emails.add('delayed', {}, { delay: 3_600_000 })
    await call('PUT', '/emails/promote')
    await finished(later)

    // Pause: what is added waits. Clean takes what is older than five seconds: the message of it is dropped.
    await call('PUT', '/emails/pause')
    await emails.add('cleaned', {}, { timestamp: Date.now() - 60_000 })
    const removed = await emails.add('removed', {})
    const kept = await emails.add('kept', {})
    await call('PUT', '/emails/clean/waiting')
    await call('PUT', `/emails/${removed.id}/clean`)
    const { queues } = await call('GET', '?activeQueue=emails&status=waiting&page=1&jobsPerPage=10')
    assert.deepEqual(
      [queues[0].isPaused, queues[0].hasWorkers, queues[0].counts.waiting, queues[0].jobs[0]?.name],
      [true, true, 1, 'kept'],
    )
    await call('PUT', '/emails/resume')
    await finished(kept)
    assert.deepEqual([runs.get('kept'), runs.get('cleaned'), runs.get('removed')], [1, undefined, undefined])

    // The flow of a job, which the board reads by a FlowProducer on the queue's backend.
    const flow = await flows.add({
      name: 'digest',
      queueName: 'digests',
      children: [{ name: 'welcome', queueName: 'emails', data: {} }],
    })
    const tree = await call('GET', `/digests/${flow.job.id}/flow`)
    assert.match(JSON.stringify(tree), /"welcome"/)
    const last = await call('POST', '/emails/add', { name: 'welcome', data: { to: 'eve' }, options: {} })
    assert.deepEqual(await finished(await find(last.job.id)), { to: 'eve' })
  })
}

test('closing the FlowProducer of one queue leaves the connections of the others open', {
  timeout,
}, async t => {
  const { AMQP_URL: url = '', REDIS_URL = '' } = process.env
  const { Queue } = withBackend(createRabbitmqBackend({ url }))
  const prefix = `test-${randomUUID()}`
  const [shown, other] = ['shown', 'other'].map(
    name => new Queue(name, { connection: { url: REDIS_URL }, prefix }),
  )
  t.after(async () => {
    await other?.obliterate({ force: true })
    await other?.close()
  })
  await Promise.all([shown?.add('job', {}), other?.add('job', {})])
  await shown?.obliterate({ force: true })
  // It is made on the backend of its queue: it closes that queue, as on Redis alone.
  const producer = await new BullMQAdapter(shown as NonNullable<typeof shown>).getFlowProducer()
  await producer?.close()
  const added = await other?.addBulk([1, 2, 3].map(n => ({ name: 'job', data: { n } })))
  assert.equal(added?.length, 3)
})
