import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { amqpUrl, onEnd } from '@jackalope/local-servers/testing'
import { Broker } from '../../src/amqp/broker.ts'
import { Consumer } from '../../src/amqp/consumer.ts'
import { queueTopology } from '../../src/amqp/topology.ts'
import { brokerAdmin } from '../support/broker-admin.ts'

test('a consumer that may declare nothing uses a queue with other arguments as it is, also on its next channel', async t => {
  const topology = queueTopology(`test-${randomUUID()}:jobs`, { type: 'quorum', consumerTimeoutMs: 60_000 })
  const admin = await brokerAdmin(t)
  await admin.assertQueue(topology.queue, { durable: true })
  onEnd(t, () => admin.deleteQueue(topology.queue))
  const broker = new Broker({ url: amqpUrl(), declares: false })
  broker.retain()
  onEnd(t, () => broker.release())
  let received = Promise.withResolvers<string>()
  const consumer = new Consumer(broker, topology, {
    prefetch: 1,
    onDelivery: ({ id, ack }) => {
      ack()
      received.resolve(id)
    },
    onChannelLost: () => undefined,
    onError: error => received.reject(error),
  })
  onEnd(t, () => consumer.close())
  await consumer.start()
  for (const messageId of ['first', 'second']) {
    admin.sendToQueue(topology.queue, Buffer.from('{}'), { messageId })
    assert.equal(await received.promise, messageId)
    received = Promise.withResolvers()
    await consumer.reopenChannel()
  }
})
