import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { amqpUrl, onEnd, redisUrl, until } from '@jackalope/local-servers/testing'
import { FlowProducer } from 'bullmq'
import { createRabbitmqBackend } from '../../src/index.ts'
import { brokerAdmin } from '../support/broker-admin.ts'
import { Ledger } from '../support/ledger.ts'
import { addReadyParents } from '../support/ready-parents.ts'
import { type Setup, setup } from '../support/setup.ts'

const BACKLOG = 2_000

/** Adds parents, each with one child on the same queue. */
async function addFlows(t: TestContext, { prefix, name }: Setup, count: number) {
  const flows = new FlowProducer(
    { connection: { url: redisUrl() }, prefix },
    createRabbitmqBackend({ url: amqpUrl() }),
  )
  onEnd(t, () => flows.close())
  const flow = { name: 'parent', queueName: name, children: [{ name: 'child', queueName: name }] }
  const added = await flows.addBulk(Array(count).fill(flow))
  return added.map(({ job, children }) => ({
    id: String(job.id),
    childId: String(children?.[0]?.job.id),
  }))
}

for (const concurrency of [1, 10])
  test(`a parent whose children are done starts before a backlog, at concurrency ${concurrency}`, async t => {
    const base = setup(t)
    const [flow] = await addFlows(t, base, 1)
    assert.ok(flow)
    const ledger = new Ledger()
    await ledger.add(base.queue(), 'a', BACKLOG)
    base.worker(
      async job => {
        ledger.note(job.id)
        await delay(2)
      },
      { concurrency },
    )
    await ledger.untilJobRan(flow.id)
    const order = [...ledger.runs.keys()]
    const between = order.indexOf(flow.id) - order.indexOf(flow.childId) - 1
    t.diagnostic(`${between} started between child and parent`)
    assert.ok(between < BACKLOG / 4)
    await ledger.untilRan(BACKLOG + 2)
    assert.deepEqual(ledger.ranTwice, [])
  })

test('more parents than workers have room for take their places at the end of the line, and all run', async t => {
  const base = setup(t)
  const flows = await addFlows(t, base, 150)
  const ledger = new Ledger()
  const backlog = await ledger.add(base.queue(), 'a', 300)
  base.worker(async job => ledger.note(job.id), { concurrency: 50 })
  await ledger.untilRan(300 + 2 * flows.length)
  assert.deepEqual(ledger.lost, [])
  assert.deepEqual(ledger.ranTwice, [])
  const parents = new Set(flows.map(({ id }) => id))
  const order = [...ledger.runs.keys()]
  assert.ok(order.findLastIndex(id => parents.has(id)) > order.indexOf(backlog[299] as string))
})

test('a paused queue keeps a parent ahead of the line', async t => {
  const base = setup(t)
  const [flow] = await addFlows(t, base, 1)
  assert.ok(flow)
  const jobs = base.queue()
  const ledger = new Ledger()
  const canPause = Promise.withResolvers<void>()
  base.worker(async job => {
    ledger.note(job.id)
    if (job.id === flow.childId) await canPause.promise
    else await delay(2)
  })
  await ledger.untilJobRan(flow.childId)
  await ledger.add(jobs, 'a', 300)
  await jobs.pause()
  canPause.resolve()
  while ((await jobs.getJobState(flow.id)) !== 'waiting') await delay(5)
  await jobs.resume()
  await ledger.untilJobRan(flow.id)
  const place = [...ledger.runs.keys()].indexOf(flow.id)
  assert.ok(place < 100, `it was number ${place}`)
})

test('a job without a message, behind one with a message, goes where its own will be, also while the queue is paused', async t => {
  const { queue, plainQueue, worker, redis, amqpQueue } = setup(t)
  const jobs = queue()
  await jobs.pause()
  const [a, x, b] = [await jobs.add('a', {}), await plainQueue().add('x', {}), await jobs.add('b', {})]
  worker(async () => undefined)
  await until(async () => (await redis.hexists(`${amqpQueue}:${x.id}`, 'stamp')) === 1)
  const line = await redis.lrange(`${amqpQueue}:wait`, 0, -1)
  assert.deepEqual(line.toReversed(), [a.id, b.id, x.id])
})

test('so do parents behind more jobs than one look takes in, which other workers are about to start', async t => {
  const base = setup(t)
  const { redis, amqpQueue } = base
  const jobs = base.queue()
  await jobs.pause()
  await jobs.add('a', {})
  // A start that is refused would move it.
  await (await brokerAdmin(t)).purgeQueue(amqpQueue)
  await addReadyParents(t, base, { count: 150, url: redisUrl() })
  const before = await redis.lrange(`${amqpQueue}:wait`, 0, -1)
  const [a, ...parents] = before
  for (const id of parents.slice(50)) await redis.hset(`${amqpQueue}:${id}`, 'stamp', 1)
  base.worker(async () => undefined)
  const last = parents[0]
  await until(async () => (await redis.hexists(`${amqpQueue}:${last}`, 'stamp')) === 1)
  const after = await redis.lrange(`${amqpQueue}:wait`, 0, -1)
  // A parent that was tried meanwhile, and refused, is the next in line.
  const tried = after.at(-1)
  const others = (ids: (string | undefined)[]) => ids.filter(id => id !== tried)
  assert.deepEqual(others(after), others([...parents.slice(0, 50), a, ...parents.slice(50)]))
})
