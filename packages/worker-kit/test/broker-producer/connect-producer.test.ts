import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { amqpUrl, onEnd, proxyTo, until } from '@jackalope/local-servers/testing'
import { z } from 'zod'
import { connectProducer, type ProducerOptions } from '../../src/broker-producer/index.ts'
import { defineJob } from '../../src/job/index.ts'
import { Ledger } from '../support/ledger.ts'
import { setup } from '../support/setup.ts'

const greet = defineJob({
  name: 'jobs',
  input: z.object({ to: z.string() }),
  attempts: 3,
  backoff: { type: 'exponential', delayMs: 10 },
})

async function producerOf(t: TestContext, options: Partial<ProducerOptions> = {}) {
  const place = setup(t)
  const { prefix } = place
  const producer = await connectProducer({ amqpUrl: amqpUrl(), prefix, ...options } as ProducerOptions)
  onEnd(t, () => producer.close())
  return { ...place, producer, jobs: producer.queue(greet) }
}

test('a producer without Redis adds a job that a worker runs, with the options of its definition', async t => {
  const { jobs, worker, queue } = await producerOf(t)
  const ran: unknown[] = []
  const { id } = await jobs.add({ to: 'Ada' }, { removeOnComplete: false })
  const consumer = worker(async job => {
    ran.push([job.id, job.name, job.data, job.opts.attempts, job.opts.backoff])
    if (job.attemptsMade === 0) throw new Error('not yet')
  })
  await once(consumer, 'completed')
  const expected = [id, 'jobs', { to: 'Ada' }, 3, { type: 'exponential', delay: 10 }]
  assert.deepEqual(ran, [expected, expected])
  assert.equal((await queue().getJob(id))?.attemptsMade, 2)
})

test('each definition of a name checks and adds by itself', async t => {
  const { jobs, producer, worker } = await producerOf(t)
  const other = producer.queue(defineJob({ name: 'jobs', input: z.object({ from: z.string() }) }))
  await other.add({ from: 'Bob' })
  await assert.rejects(jobs.add({ from: 'Bob' } as never), { code: 'ERR_INVALID_PAYLOAD' })
  assert.equal(producer.queue(greet), producer.queue(greet))
  const consumer = worker(async job => [job.data, job.opts.attempts])
  const [, result] = await once(consumer, 'completed')
  assert.deepEqual(result, [{ from: 'Bob' }, 1])
})

test('a job that is added again under its id runs once', async t => {
  const { jobs, worker } = await producerOf(t)
  const ledger = new Ledger()
  worker(async job => ledger.note(job.id), { concurrency: 5 })
  const copies = Array.from({ length: 20 }, (_, n) => ({ data: { to: `${n}` }, options: { jobId: 'one' } }))
  assert.deepEqual(new Set(await jobs.addBulk(copies)), new Set(copies.map(() => ({ id: 'one' }))))
  await jobs.add({ to: 'last' }, { jobId: 'last' })
  await ledger.untilRan(2)
  assert.deepEqual(ledger.ranTwice, [])
})

test('what cannot be added is refused by its name, and of several jobs none is added', async t => {
  const { jobs, producer, worker } = await producerOf(t, { maxMessageBytes: 1_000 })
  const good = { data: { to: 'Ada' } }
  const refused: [options: object, code: string, message: RegExp][] = [
    [{ delay: 5 }, 'ERR_NEEDS_RECORD', /its option "delay" needs the job's record/],
    [{ priority: 5 }, 'ERR_NEEDS_RECORD', /its option "priority"/],
    [{ lifo: true }, 'ERR_NEEDS_RECORD', /its option "lifo"/],
    [{ deduplication: { id: 'x' } }, 'ERR_NEEDS_RECORD', /its option "deduplication"/],
    [{ parent: { id: 'x', queue: 'bull:y' } }, 'ERR_NEEDS_RECORD', /its option "parent"/],
    [{ unheardOf: 1 }, 'ERR_NEEDS_RECORD', /its option "unheardOf"/],
    [
      { removeOnComplete: { age: -1 } },
      'ERR_INVALID_OPTIONS',
      /its option "removeOnComplete" is not true, false/,
    ],
    [{ jobId: '12' }, 'ERR_INVALID_OPTIONS', /jobId: expected a text that is no integer/],
    [{ jobId: '012' }, 'ERR_INVALID_OPTIONS', /its jobId "012" is a number/],
    [{ jobId: 'a:b' }, 'ERR_INVALID_OPTIONS', /its jobId "a:b" has a colon/],
    [{ jobId: 'meta' }, 'ERR_INVALID_OPTIONS', /its jobId "meta" is the name of a key of the queue/],
    [{ jobId: 'é'.repeat(128) }, 'ERR_INVALID_OPTIONS', /has more than 255 bytes/],
  ]
  for (const [options, code, message] of refused)
    await assert.rejects(jobs.addBulk([good, { ...good, options: options as never }]), { code, message })
  await assert.rejects(jobs.add({ to: 7 } as never), { code: 'ERR_INVALID_PAYLOAD' })
  await assert.rejects(jobs.add({ to: 'x'.repeat(1_000) }), {
    code: 'ERR_JOB_TOO_LARGE',
    message: /maxMessageBytes/,
  })
  const ledger = new Ledger()
  worker(async job => ledger.note(job.id))
  await jobs.add(good.data, { jobId: 'the only one' })
  await ledger.untilRan(1)
  assert.deepEqual([...ledger.runs.keys()], ['the only one'])
  assert.deepEqual(producer.traffic, { confirmed: 1, unconfirmed: 0, reconnects: 0 })
})

test('options that are wrong, and a broker that is not there, are told', async () => {
  await assert.rejects(connectProducer({ amqpUrl: amqpUrl(), recordOn: 'add' } as never), {
    code: 'ERR_INVALID_DEFINITION',
    message: /recordOn: no such option/,
  })
  await assert.rejects(connectProducer({ amqpUrl: 'amqp://127.0.0.1:1', connectTimeoutMs: 200 }), {
    code: 'ERR_CONNECT',
    message: /RabbitMQ at .*127\.0\.0\.1:1 cannot be reached/,
  })
})

test('an add that the broker does not confirm in time says so, and may be made again under its id', async t => {
  const broker = await proxyTo(t, amqpUrl())
  const { jobs, worker } = await producerOf(t, { amqpUrl: broker.url, confirmTimeoutMs: 300 })
  await jobs.add({ to: 'first' })
  await broker.cut()
  const failure = await jobs.add({ to: 'second' }).then(
    () => assert.fail('nobody can have confirmed it'),
    (error: { code: string; jobId: string; message: string }) => error,
  )
  assert.equal(failure.code, 'ERR_ADD_UNCONFIRMED')
  assert.match(
    failure.message,
    new RegExp(`Job ${failure.jobId} .* may not have been added.*Add it again under the same id`),
  )
  await broker.restore()
  const ledger = new Ledger()
  worker(async job => ledger.note(job.id))
  await until(
    async () =>
      (await jobs.add({ to: 'second' }, { jobId: failure.jobId }).catch(() => undefined)) !== undefined,
  )
  await ledger.untilRan(2)
  assert.deepEqual(ledger.ranTwice, [])
})

test('after close it takes no more, and its process ends', async t => {
  const { jobs, producer } = await producerOf(t)
  const added = jobs.add({ to: 'Ada' })
  await Promise.all([producer.close(), producer.close()])
  await added
  assert.throws(() => jobs.add({ to: 'Bob' }), { code: 'ERR_CLOSED' })
  assert.throws(() => producer.queue(greet), { code: 'ERR_CLOSED' })
})

test('its module loads neither bullmq nor ioredis', async () => {
  const entry = fileURLToPath(new URL('../../src/broker-producer/index.ts', import.meta.url))
  const program = `
    const { registerHooks } = await import('node:module')
    registerHooks({ load(url, context, next) {
      if (/node_modules\\/(bullmq|ioredis)\\//.test(url)) throw new Error('loaded: ' + url)
      return next(url, context)
    } })
    console.log(Object.keys(await import(${JSON.stringify(entry)})).join())`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program])
  assert.equal(stdout.trim(), 'WorkerKitError,connectProducer')
})
