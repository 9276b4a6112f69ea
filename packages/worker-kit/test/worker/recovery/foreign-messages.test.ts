import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type TestContext, test } from 'node:test'
import { amqpUrl } from '@jackalope/local-servers/testing'
import type { Channel, Options } from 'amqplib'
import { declareTopology, queueTopology } from '../../../src/amqp/topology.ts'
import { topologySettings } from '../../../src/backend/settings.ts'
import { brokerAdmin, readyCount } from '../../support/broker-admin.ts'
import { Ledger } from '../../support/ledger.ts'
import { forget } from '../../support/redis-memory.ts'
import { setup } from '../../support/setup.ts'

const greeting = { name: 'greet', data: { to: 'Ada' }, opts: { attempts: 3, backoff: 10 } }

test('a job that comes only as an AMQP message is recorded under its message-id and runs', async t => {
  const { queue, worker, events, amqpQueue } = setup(t)
  const admin = await withQueue(t, amqpQueue)
  const listener = await events()
  worker(async job => `hello ${job.data.to}`)
  const jobs = queue()
  await jobs.waitUntilReady()
  const completed = once(listener, 'completed')
  await publish(admin, amqpQueue, greeting, { messageId: 'order-7' })

  const [{ jobId, returnvalue }] = await completed
  assert.deepEqual([jobId, returnvalue], ['order-7', 'hello Ada'])
  const job = await jobs.getJob('order-7')
  assert.equal(job?.name, 'greet')
  assert.equal(job?.opts.attempts, 3)
})

test('a foreign message without an id gets one, also while the queue is paused', async t => {
  const { queue, worker, amqpQueue } = setup(t)
  const admin = await withQueue(t, amqpQueue)
  const jobs = queue()
  await jobs.pause()
  const first = worker(async () => undefined)
  await once(first, 'drained')
  await publish(admin, amqpQueue, greeting)
  while ((await jobs.getWaitingCount()) === 0) await new Promise(resolve => setImmediate(resolve))
  await first.close()
  const ledger = new Ledger()
  worker(async job => ledger.note(job.id))
  await jobs.resume()
  await ledger.untilRan(1)
  const last = await jobs.add('last', {})
  await ledger.untilRan(2)
  const [id] = [...ledger.runs.keys()].filter(id => id !== last.id)
  assert.match(id as string, /^[0-9a-f-]{36}$/)
  assert.deepEqual(ledger.ranTwice, [])
})

test('a foreign message that is published twice runs once, also when nothing is kept of its job', async t => {
  const { worker, amqpQueue } = setup(t)
  const admin = await withQueue(t, amqpQueue)
  const ledger = new Ledger()
  const consumer = worker(async job => ledger.note(job.id))
  await once(consumer, 'drained')
  for (const id of ['one', 'one', 'two', 'one'])
    await publish(admin, amqpQueue, { ...greeting, opts: { removeOnComplete: true } }, { messageId: id })
  await ledger.untilRan(2)
  await publish(admin, amqpQueue, greeting, { messageId: 'last' })
  await ledger.untilRan(3)
  await consumer.close()
  assert.deepEqual(ledger.ranTwice, [])
  assert.equal(await readyCount(admin, amqpQueue), 0)
})

test('a foreign job is retried like any other', async t => {
  const { worker, amqpQueue } = setup(t)
  const admin = await withQueue(t, amqpQueue)
  const ledger = new Ledger()
  const consumer = worker(async job => {
    if (job.attemptsMade < 2) throw new Error('not yet')
    ledger.note(job.id)
  })
  await once(consumer, 'drained')
  await publish(admin, amqpQueue, greeting, { messageId: 'one' })
  await ledger.untilRan(1)
})

test('a foreign job with a delay or a priority is recorded as such', async t => {
  const { queue, worker, amqpQueue } = setup(t)
  const admin = await withQueue(t, amqpQueue)
  const jobs = queue()
  await jobs.pause()
  const consumer = worker(async () => undefined)
  await once(consumer, 'drained')
  await publish(admin, amqpQueue, { name: 'a', opts: { delay: 60_000 } }, { messageId: 'later' })
  await publish(admin, amqpQueue, { name: 'a', opts: { priority: 2 } }, { messageId: 'urgent' })
  while ((await jobs.getJobCountByTypes('delayed', 'prioritized')) < 2)
    await new Promise(resolve => setImmediate(resolve))
  assert.equal(await (await jobs.getJob('later'))?.getState(), 'delayed')
  assert.equal(await (await jobs.getJob('urgent'))?.getState(), 'prioritized')
})

test('a foreign job survives that Redis forgets it while it waits', async t => {
  const { queue, worker, redis, amqpQueue } = setup(t)
  const admin = await withQueue(t, amqpQueue)
  const jobs = queue()
  await jobs.pause()
  const ledger = new Ledger()
  const first = worker(async job => ledger.note(job.id))
  await once(first, 'drained')
  await publish(admin, amqpQueue, greeting, { messageId: 'one' })
  while ((await jobs.getWaitingCount()) === 0) await new Promise(resolve => setImmediate(resolve))
  await forget(redis, amqpQueue)
  worker(async job => ledger.note(job.id))
  await first.close()
  await ledger.untilRan(1)
  assert.deepEqual([...ledger.runs.keys()], ['one'])
  assert.deepEqual(ledger.ranTwice, [])
})

test('a foreign job that Redis forgets runs on the worker that has recorded it and keeps its message', async t => {
  const { queue, worker, redis, amqpQueue } = setup(t)
  const admin = await withQueue(t, amqpQueue)
  const jobs = queue()
  await jobs.pause()
  const ledger = new Ledger()
  const consumer = worker(async job => ledger.note(job.id))
  await once(consumer, 'drained')
  await publish(admin, amqpQueue, greeting, { messageId: 'one' })
  while ((await jobs.getWaitingCount()) === 0) await new Promise(resolve => setImmediate(resolve))
  await forget(redis, amqpQueue)
  await jobs.resume()
  await ledger.untilRan(1)
  await consumer.close()
  assert.deepEqual([...ledger.runs], [['one', 1]])
  assert.equal(await take(admin, amqpQueue), false)
})

test('what is no job is dead-lettered with the reason, and the worker goes on', async t => {
  const { worker, amqpQueue, redis, prefix, name } = setup(t)
  const admin = await withQueue(t, amqpQueue)
  const ledger = new Ledger()
  const consumer = worker(async job => ledger.note(job.id))
  await once(consumer, 'drained')
  // V8 reads it, and cannot write it.
  const nested = `${'['.repeat(50_000)}${']'.repeat(50_000)}`
  const refused: [body: unknown, reason: RegExp, options?: Options.Publish][] = [
    ['not a job', /its body is no JSON/],
    [[1, 2], /no JSON object/],
    [`{"data":${nested},"name":"greet"}`, /its body is nested too deeply/],
    [
      `{"name":"greet","opts":{"backoff":{"type":"a","more":${nested}}},"data":{}}`,
      /"opts" are nested too deeply/,
    ],
    [{ ...greeting, layout: 'x'.repeat(100_000) }, /layout is "x+…$/],
    [{ data: {} }, /names no job/],
    [{ ...greeting, layout: 2 }, /layout is 2, this version reads 1/],
    [{ ...greeting, timestamp: 'today' }, /"timestamp" is no integer/],
    [{ ...greeting, opts: [] }, /"opts" is no object/],
    [{ ...greeting, opts: { lifo: true } }, /option "lifo" is none of attempts/],
    [{ ...greeting, opts: { attempts: 0 } }, /option "attempts" is not an integer >= 1/],
    [{ ...greeting, opts: { priority: 3_000_000 } }, /"priority" is not an integer from 0 to 2097152/],
    [{ ...greeting, opts: { backoff: 'soon' } }, /"backoff" is not milliseconds/],
    [{ ...greeting, opts: { removeOnFail: { age: -1 } } }, /"removeOnFail" is not true, false/],
    [greeting, /it cannot be recorded/, { messageId: 'no hash' }],
    [greeting, /message-id "12" is a number/, { messageId: '12' }],
    [greeting, /message-id "a:b" has a colon/, { messageId: 'a:b' }],
    [greeting, /x-stamp is no stamp/, { headers: { 'x-stamp': 'yesterday' } }],
    [greeting, /stamp, but no message-id/, { headers: { 'x-stamp': '1' } }],
    [greeting, /lies in the future/, { headers: { 'x-stamp': '9'.repeat(17) }, messageId: 'later' }],
  ]
  await redis.set(`${prefix}:${name}:no hash`, 'text')
  for (const [body, , options] of refused) await publish(admin, amqpQueue, body, options)
  await publish(admin, amqpQueue, greeting, { messageId: 'good' })
  await ledger.untilRan(1)
  await consumer.close()

  const reasons: string[] = []
  for (let letter = await take(admin, amqpQueue); letter; letter = await take(admin, amqpQueue))
    reasons.push(letter.properties.headers?.['x-refused'])
  assert.equal(reasons.length, refused.length)
  for (const [, pattern] of refused)
    assert.ok(
      reasons.some(reason => pattern.test(reason)),
      `${pattern} in\n${reasons.join('\n')}`,
    )
})

test('a message larger than 16 MiB is refused: by the broker, or, where that takes it, by the worker', async t => {
  const { worker, amqpQueue } = setup(t)
  const admin = await withQueue(t, amqpQueue)
  const { version } = admin.connection.serverProperties
  const publishing = publish(admin, amqpQueue, 'x'.repeat(17 * 1024 * 1024))
  // Its `max_message_size`, if nobody has changed it.
  if (Number.parseInt(version, 10) >= 4) {
    const [closing] = await Promise.all([once(admin, 'error'), assert.rejects(publishing)])
    assert.match(closing[0].message, /larger than (configured )?max size 16777216/)
    return
  }
  await publishing
  const consumer = worker(async () => assert.fail('it ran'))
  const [error] = await once(consumer, 'error')
  assert.match(error.message, /larger than 16777216 bytes/)
  await consumer.close()
  const letter = await take(admin, amqpQueue)
  assert.ok(letter)
  assert.match(letter.properties.headers?.['x-refused'], /larger than 16777216 bytes/)
})

/** The broker, with the queue declared: a foreign producer that publishes to none is told so by the broker. */
async function withQueue(t: TestContext, amqpQueue: string): Promise<Channel> {
  const admin = await brokerAdmin(t)
  await declareTopology(admin, queueTopology(amqpQueue, topologySettings({ url: amqpUrl() })))
  return admin
}

const take = (admin: Channel, amqpQueue: string) => admin.get(`${amqpQueue}:dead`, { noAck: true })

/** As a producer does that only knows AMQP. */
async function publish(admin: Channel, queue: string, body: unknown, options: Options.Publish = {}) {
  const content = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  admin.publish('', queue, content, { persistent: true, contentType: 'application/json', ...options })
  // A call on the same channel is answered after what went before it.
  await admin.checkQueue(queue)
}
