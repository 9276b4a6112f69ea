import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type TestContext, test } from 'node:test'
import { amqpUrl, onEnd } from '@jackalope/local-servers/testing'
import { connect } from 'amqplib'
import { closeConnection } from '../../../src/amqp/close.ts'
import { publishChannel } from '../../../src/amqp/fast-publish/index.ts'
import { encodeJob } from '../../../src/amqp/message.ts'
import { setup } from '../../support/setup.ts'

/** A channel that counts what amqplib's own `publish` was asked for. */
async function countingChannel(t: TestContext) {
  const connection = await connect(amqpUrl())
  onEnd(t, () => closeConnection(connection))
  const channel = await connection.createConfirmChannel()
  const { queue } = await channel.assertQueue('', { exclusive: true })
  const { publish } = channel
  const counts = { byAmqplib: 0 }
  channel.publish = (...args) => {
    counts.byAmqplib += 1
    return publish.apply(channel, args)
  }
  return { channel, queue, counts }
}

const job = { name: 'a', data: '{}', opts: {}, timestamp: 1_764_000_000_000 } as Parameters<
  typeof encodeJob
>[0]

for (const fast of [true, false])
  test(`fastPublish: ${fast} - ${fast ? 'the frames are written here' : 'amqplib publishes every message'}`, async t => {
    const { channel, queue, counts } = await countingChannel(t)
    const publishing = publishChannel(channel, fast)
    const address = { exchange: '', routingKey: queue, correlationId: '7' }
    const confirmed = new Promise<Error | null>(resolve => {
      publishing.publish(address, encodeJob(job, '1', '1764000000000001'), resolve)
    })
    assert.equal(await confirmed, null)
    assert.equal(counts.byAmqplib, fast ? 0 : 1)
    const message = await channel.get(queue)
    assert.ok(message)
    const { messageId, correlationId, deliveryMode, headers } = message.properties
    assert.deepEqual(
      [messageId, correlationId, deliveryMode, headers?.['x-stamp']],
      ['1', '7', 2, '1764000000000001'],
    )
  })

for (const fastPublish of [true, false])
  test(`jobs run, and fail into dead letters, with the option fastPublish: ${fastPublish}`, async t => {
    const { channel } = await countingChannel(t)
    const byAmqplib = t.mock.method(Object.getPrototypeOf(channel), 'publish')
    const { queue, worker } = setup(t)
    const backend = { fastPublish }
    const jobs = queue({ backend })
    // Before there is a worker: while two connections declare a new quorum queue, RabbitMQ 3.10 nacks messages for it, and they are
    // published again.
    await jobs.addBulk(['broken', 'good'].map(name => ({ name, data: {} })))
    const consumer = worker(
      async job => {
        if (job.name === 'broken') throw new Error('broken')
      },
      { backend },
    )
    const failed = once(consumer, 'failed')
    const completed = once(consumer, 'completed')
    await Promise.all([failed, completed])
    // A dead letter has headers that only amqplib encodes.
    assert.equal(byAmqplib.mock.callCount(), fastPublish ? 1 : 3)
  })
