import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amqpUrl, onEnd, proxyTo, redisUrl } from '@jackalope/local-servers/testing'
import { FlowProducer } from 'bullmq'
import { Broker } from '../../src/amqp/broker.ts'
import type { QueueTopology } from '../../src/amqp/topology.ts'
import { createRabbitmqBackend } from '../../src/index.ts'
import { brokerAdmin, readyCount } from '../support/broker-admin.ts'
import { setup } from '../support/setup.ts'

test('R4: when add resolves, Redis holds the job and the broker its message, persistent and whole', async t => {
  const { queue, amqpQueue } = setup(t)
  const admin = await brokerAdmin(t)
  const jobs = queue()
  const added = await jobs.add('greet', { to: 'Ada' }, { attempts: 3 })

  assert.deepEqual(await jobs.getJobCounts('wait', 'active'), { wait: 1, active: 0 })
  const message = await admin.get(amqpQueue, { noAck: true })
  assert.ok(message)
  assert.equal(message.properties.deliveryMode, 2)
  assert.equal(message.properties.messageId, added.id)
  const body = JSON.parse(message.content.toString())
  assert.deepEqual(
    { ...body, opts: { attempts: body.opts.attempts } },
    {
      layout: 1,
      id: added.id,
      name: 'greet',
      data: { to: 'Ada' },
      opts: { attempts: 3 },
      timestamp: added.timestamp,
    },
  )
})

test('a job is added whatever its time: AMQP knows none before 1970, the body has it as it is', async t => {
  const { queue, amqpQueue } = setup(t)
  const admin = await brokerAdmin(t)
  const jobs = queue()
  for (const timestamp of [-5_000, 1e300]) {
    await jobs.add('a', {}, { timestamp })
    const message = await admin.get(amqpQueue, { noAck: true })
    assert.ok(message)
    assert.equal(JSON.parse(message.content.toString()).timestamp, timestamp)
    assert.equal(message.properties.timestamp, timestamp < 0 ? 0 : Number.MAX_SAFE_INTEGER)
  }
})

test('R4: the children of a flow are confirmed when it is added, and so are those of a bulk that may run at once', async t => {
  const { prefix, name, queue, amqpQueue } = setup(t)
  const admin = await brokerAdmin(t)
  const flows = new FlowProducer(
    { connection: { url: redisUrl() }, prefix },
    createRabbitmqBackend({ url: amqpUrl() }),
  )
  onEnd(t, () => flows.close())
  const children = ['a', 'b'].map(child => ({ name: child, queueName: name }))
  const flow = await flows.add({ name: 'parent', queueName: name, children })
  const bulk = await queue().addBulk([
    { name: 'later', data: {}, opts: { delay: 60_000 } },
    { name: 'c', data: {} },
    { name: 'urgent', data: {}, opts: { priority: 1 } },
  ])
  const published: string[] = []
  for (let message = await admin.get(amqpQueue, { noAck: true }); message; ) {
    published.push(message.properties.messageId)
    message = await admin.get(amqpQueue, { noAck: true })
  }
  const expected = [...(flow.children ?? []).map(({ job }) => job.id), bulk[1]?.id]
  assert.deepEqual(published.toSorted(), expected.toSorted())
  assert.deepEqual(
    bulk.map(({ id }) => Number(id)),
    bulk.map((_, i) => Number(bulk[0]?.id) + i),
  )
})

test('R1: stamps are unique and grow with every job', async t => {
  const { queue, redis, amqpQueue } = setup(t)
  const added = await queue().addBulk(Array.from({ length: 50 }, (_, n) => ({ name: 'a', data: { n } })))
  const stamps = await Promise.all(added.map(job => redis.hget(`${amqpQueue}:${job.id}`, 'stamp')))
  const numbers = stamps.map(Number)
  assert.ok(numbers.every((stamp, i) => i === 0 || stamp > (numbers[i - 1] as number)))
})

test('R4: a duplicate still waiting is published again with its own stamp, and is not stamped anew', async t => {
  const { queue, redis, amqpQueue } = setup(t)
  const admin = await brokerAdmin(t)
  const jobs = queue()
  await jobs.add('a', { first: true }, { jobId: 'one' })
  const stamp = await redis.hget(`${amqpQueue}:one`, 'stamp')
  await jobs.add('a', { first: false }, { jobId: 'one' })

  assert.equal(await redis.hget(`${amqpQueue}:one`, 'stamp'), stamp)
  await admin.get(amqpQueue, { noAck: true })
  const copy = await admin.get(amqpQueue, { noAck: true })
  assert.ok(copy)
  assert.equal(copy.properties.headers?.['x-stamp'], stamp)
  assert.deepEqual(JSON.parse(copy.content.toString()).data, { first: true })
})

test('R4: without a confirm add fails and says that the job is recorded', async t => {
  const { queue } = setup(t)
  const proxy = await proxyTo(t, amqpUrl())
  const jobs = queue({ backend: { url: proxy.url, confirmTimeoutMs: 500 } })
  await jobs.add('a', {})
  await proxy.cut()
  await assert.rejects(jobs.add('b', {}, { jobId: 'kept' }), {
    code: 'ERR_PUBLISH_UNCONFIRMED',
    message: /recorded in Redis/,
  })
  assert.equal(await (await jobs.getJob('kept'))?.getState(), 'waiting')
})

test('R4: an add during a short outage waits for the broker', async t => {
  const { queue, amqpQueue } = setup(t)
  const admin = await brokerAdmin(t)
  const proxy = await proxyTo(t, amqpUrl())
  const jobs = queue({ backend: { url: proxy.url } })
  await jobs.add('a', {})
  await proxy.cut()
  const adding = jobs.add('b', {})
  await proxy.restore()
  await adding
  // One that was on its way when the connection was cut is published again.
  assert.ok((await readyCount(admin, amqpQueue)) >= 2)
})

test('R4: a queue that was deleted under a producer is declared again', async t => {
  const { queue, amqpQueue } = setup(t)
  const admin = await brokerAdmin(t)
  const jobs = queue()
  await jobs.add('a', {})
  await admin.deleteQueue(amqpQueue)
  await jobs.add('b', {})
  assert.equal(await readyCount(admin, amqpQueue), 1)
})

test('a delayed job, a parent, a prioritized job and one with lifo wait in Redis alone', async t => {
  const { queue, amqpQueue } = setup(t)
  const admin = await brokerAdmin(t)
  const jobs = queue()
  await jobs.add('now', {})
  await jobs.add('later', {}, { delay: 60_000 })
  await jobs.add('urgent', {}, { priority: 1 })
  await jobs.add('newest first', {}, { lifo: true })
  assert.equal(await readyCount(admin, amqpQueue), 1)
  assert.deepEqual(await jobs.getJobCounts('wait', 'delayed', 'prioritized'), {
    wait: 2,
    delayed: 1,
    prioritized: 1,
  })
})

test('a queue that exists with other arguments is explained', async t => {
  const { queue, amqpQueue } = setup(t)
  const admin = await brokerAdmin(t)
  await admin.assertQueue(amqpQueue, { durable: true })
  await assert.rejects(queue().add('a', {}), {
    code: 'ERR_TOPOLOGY_MISMATCH',
    message: new RegExp(`"${amqpQueue}".*other arguments`),
  })
})

test('obliterate leaves nothing in Redis and nothing in RabbitMQ', async t => {
  const { queue, amqpQueue, redis } = setup(t)
  const admin = await brokerAdmin(t)
  const jobs = queue()
  await jobs.add('a', {})
  await jobs.obliterate()
  assert.deepEqual(await redis.keys(`${amqpQueue}:*`), [])
  admin.on('error', () => undefined)
  await assert.rejects(admin.checkQueue(amqpQueue), /NOT_FOUND/)
})

test('R7: while obliterate removes the messages, the queue still has its clock: jobs are removed, not lost', async t => {
  const { queue, redis, amqpQueue } = setup(t)
  const jobs = queue()
  await jobs.add('a', {})
  const { remove } = Broker.prototype
  let hadClock: number | undefined
  t.mock.method(Broker.prototype, 'remove', async function (this: Broker, topology: QueueTopology) {
    hadClock = await redis.exists(`${amqpQueue}:clock`)
    await remove.call(this, topology)
  })
  await jobs.obliterate()
  assert.equal(hadClock, 1)
  assert.equal(await redis.exists(`${amqpQueue}:clock`), 0)
})

test('jobs keep the order in which they are added, also when nobody waits for a long list before them', async t => {
  const { queue } = setup(t)
  const jobs = queue()
  const bulk = (length: number) => jobs.addBulk(Array.from({ length }, () => ({ name: 'job', data: {} })))
  const added = await Promise.all([bulk(60), jobs.add('job', {}), bulk(30), jobs.add('job', {})])
  const ids = added.flat().map(({ id }) => Number(id))
  assert.deepEqual(
    ids,
    ids.map((_, i) => i + 1),
  )
})

test('what is being added when its queue is closed is added and confirmed before', async t => {
  const { queue, amqpQueue } = setup(t)
  const admin = await brokerAdmin(t)
  const jobs = queue()
  await jobs.waitUntilReady()
  const adding = [
    jobs.addBulk(Array.from({ length: 500 }, () => ({ name: 'job', data: {} }))),
    jobs.add('last', {}),
  ]
  await jobs.close()
  await Promise.all(adding)
  assert.equal(await readyCount(admin, amqpQueue), 501)
})
