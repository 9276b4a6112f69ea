import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { amqpUrl, onEnd, removeQueues, until } from '@jackalope/local-servers/testing'
import { Broker } from '../../src/amqp/broker.ts'
import type { Topology } from '../../src/amqp/declared-topologies.ts'
import { Publisher } from '../../src/amqp/publisher.ts'
import { queueTopology } from '../../src/amqp/topology.ts'
import { brokerAdmin, readyCount } from '../support/broker-admin.ts'

test('a message waits until its own queue is declared, also when the channel opens for another queue meanwhile', async t => {
  const prefix = `test-${randomUUID()}`
  onEnd(t, () => removeQueues(prefix, ['ours', 'other']))
  const [ours, other] = ['ours', 'other'].map(name =>
    queueTopology(`${prefix}:${name}`, { type: 'quorum', consumerTimeoutMs: 60_000 }),
  ) as [Topology, Topology]
  const broker = new Broker({ url: amqpUrl() })
  broker.retain()
  onEnd(t, () => broker.release())
  const admin = await brokerAdmin(t)
  // Somebody else's queue of the same name, which would take the message.
  await admin.assertQueue(other.queue, { durable: true })

  const { promise: asked, resolve: ask } = Promise.withResolvers<void>()
  const publisher = new Publisher(
    {
      publishing: () => broker.publishing(),
      isDeclared: topology => broker.isDeclared(topology),
      forget: topology => broker.forget(topology),
      async declare(topology) {
        if (topology === other) await asked
        await broker.declare(topology)
      },
    },
    { confirmTimeoutMs: 10_000, maxBodyBytes: 1_000, fastPublish: true },
  )
  onEnd(t, () => publisher.close())
  const message = { content: Buffer.from('{}'), properties: { messageId: '1' } }
  const refused = assert.rejects(publisher.publish(other, message), { code: 'ERR_TOPOLOGY_MISMATCH' })
  await publisher.publish(ours, message)
  // A second confirm comes after whatever the new channel published first.
  await publisher.publish(ours, message)
  await until(async () => (await readyCount(admin, ours.queue)) === 2)
  assert.equal(await readyCount(admin, other.queue), 0)
  ask()
  await refused
  assert.equal(await readyCount(admin, other.queue), 0)
})

test('a message that the broker has no queue for, where none may be declared, is tried again and again, but seldom', async t => {
  const { broker, queue, message } = place(t)
  let declarations = 0
  const publisher = new Publisher(
    {
      publishing: () => broker.publishing(),
      isDeclared: () => false,
      forget: () => undefined,
      async declare() {
        declarations += 1
      },
    },
    { confirmTimeoutMs: 1_000, maxBodyBytes: 1_000, fastPublish: true },
  )
  onEnd(t, () => publisher.close())
  await assert.rejects(publisher.publish(queue, message), {
    code: 'ERR_PUBLISH_UNCONFIRMED',
    message: /did not exist/,
  })
  assert.ok(declarations > 2 && declarations < 7, `${declarations} attempts`)
})

test('a message that AMQP cannot carry is refused at once', async t => {
  const { broker, queue, message } = place(t)
  const headers = { 'x-large': 'x'.repeat(100_000) }
  const refused = broker.publisher.publish(queue, { ...message, properties: { headers } })
  await assert.rejects(refused, { code: 'ERR_MALFORMED_MESSAGE' })
  await broker.publisher.publish(queue, message)
})

/** A queue of its own on a broker. */
function place(t: TestContext) {
  const prefix = `test-${randomUUID()}`
  onEnd(t, () => removeQueues(prefix, ['jobs']))
  const broker = new Broker({ url: amqpUrl(), confirmTimeoutMs: 10_000 })
  broker.retain()
  onEnd(t, () => broker.release())
  const queue = queueTopology(`${prefix}:jobs`, { type: 'classic', consumerTimeoutMs: 60_000 })
  return { broker, queue, message: { content: Buffer.from('{}'), properties: { messageId: '1' } } }
}
