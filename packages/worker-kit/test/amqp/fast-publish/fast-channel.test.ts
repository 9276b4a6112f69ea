import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { type TestContext, test } from 'node:test'
import { amqpUrl, onEnd } from '@jackalope/local-servers/testing'
import { type ChannelModel, type ConfirmChannel, connect } from 'amqplib'
import fc from 'fast-check'
import { closeConnection } from '../../../src/amqp/close.ts'
import { FastChannel } from '../../../src/amqp/fast-publish/fast-channel.ts'
import { mostFrameBytes, writeFrames } from '../../../src/amqp/fast-publish/publish-frames.ts'
import { encodeJob, type JobMessage, parkedCopy } from '../../../src/amqp/message.ts'

const require = createRequire(import.meta.resolve('amqplib'))
/** A file that amqplib does not export. */
const internal = (name: string) => require(`./lib/${name}.js`)
const { Connection } = internal('connection')
const { BasicPublish, BasicProperties } = internal('defs')

const text = (maxLength: number) => fc.string({ unit: 'binary', maxLength })
const publishings = fc.record({
  exchange: text(60),
  routingKey: text(60),
  correlationId: text(16),
  content: fc.uint8Array({ maxLength: 500 }).map(bytes => Buffer.from(bytes)),
  properties: fc.record({
    messageId: text(60),
    type: text(60),
    contentType: text(20),
    timestamp: fc.integer({ min: 0, max: 2 ** 40 }),
    headers: fc.option(fc.record({ 'x-stamp': text(30) }), { nil: undefined }),
  }),
})

test('encodes a message as amqplib does', () => {
  fc.assert(
    fc.property(publishings, fc.integer({ min: 1, max: 65_535 }), (publishing, channel) => {
      const { exchange, routingKey, correlationId, content, properties } = publishing
      const chunks: Buffer[] = []
      const connection = {
        channels: { [channel]: { buffer: { write: (chunk: Buffer) => chunks.push(chunk) } } },
        frameMax: 131_072,
        sendContent: Connection.prototype.sendContent,
      }
      const fields = { exchange, routingKey, mandatory: true }
      const all = { ...properties, correlationId, deliveryMode: 2 }
      const { sendMessage } = Connection.prototype
      sendMessage.call(connection, channel, BasicPublish, fields, BasicProperties, all, content)
      const expected = Buffer.concat(chunks)

      const most = mostFrameBytes(publishing)
      const target = Buffer.alloc(10 + most)
      const end = writeFrames(target, 10, channel, publishing)
      assert.deepEqual(target.subarray(10, end), expected)
    }),
  )
})

interface Opened {
  connection: ChannelModel
  channel: ConfirmChannel
  queue: string
  fast: FastChannel
}

async function open(t: TestContext, parameters = ''): Promise<Opened> {
  const connection = await connect(`${amqpUrl()}${parameters}`)
  onEnd(t, () => closeConnection(connection))
  const channel = await connection.createConfirmChannel()
  const { queue } = await channel.assertQueue('', { exclusive: true })
  return { connection, channel, queue, fast: new FastChannel(channel) }
}

function jobMessage(id: number, data = ''): JobMessage {
  const job = { name: 'añadir', data: JSON.stringify(data), opts: {}, timestamp: 1_764_000_000_000 }
  return encodeJob(job as Parameters<typeof encodeJob>[0], String(id), String(1_764_000_000_000_000 + id))
}

test('knows the amqplib that is installed', async t => {
  const { fast } = await open(t)
  assert.equal(fast.isFast, true)
})

for (const parameters of ['', '?frameMax=8192'])
  test(`messages of every kind arrive whole and in their order ${parameters}`, async t => {
    const { channel, queue, fast } = await open(t, parameters)
    const sizes = [1, 100, 10_000, 20_000, 300_000, 2_000_000]
    const messages = Array.from({ length: 600 }, (_, i) => {
      const message = jobMessage(i, 'x'.repeat(i % 50 === 0 ? (sizes[(i / 50) % 6] ?? 0) : i))
      return i % 7 === 0
        ? parkedCopy({ ...message, properties: message.properties as never }, 60_000)
        : message
    })
    for (const [i, message] of messages.entries())
      fast.publish({ exchange: '', routingKey: queue, correlationId: String(i) }, message, () => undefined)
    await channel.waitForConfirms()
    for (const [i, message] of messages.entries()) {
      const got = await channel.get(queue, { noAck: true })
      assert.ok(got)
      const { messageId, correlationId, type, headers } = got.properties
      assert.deepEqual([messageId, correlationId, type], [String(i), String(i), 'añadir'])
      assert.equal(headers?.['x-stamp'], message.properties.headers['x-stamp'])
      assert.deepEqual(got.content, message.content)
    }
  })

test('each message is confirmed or refused as the broker has said of it', async t => {
  const { channel, queue, fast } = await open(t)
  const full = await channel.assertQueue('', {
    exclusive: true,
    arguments: { 'x-max-length': 1, 'x-overflow': 'reject-publish' },
  })
  const large = 'x'.repeat(20_000)
  const outcomes = await Promise.all(
    Array.from(
      { length: 300 },
      (_, i) =>
        new Promise<boolean>(resolve => {
          const routingKey = i % 3 === 1 ? full.queue : queue
          // Those that are large are left to amqplib.
          const message = jobMessage(i, i % 5 === 0 ? large : '')
          fast.publish({ exchange: '', routingKey, correlationId: '' }, message, error => resolve(!error))
        }),
    ),
  )
  assert.deepEqual(
    outcomes,
    outcomes.map((_, i) => i % 3 !== 1 || i === 1),
  )
})

test('asks to be left alone when much is waiting, and says when it has drained', async t => {
  const { channel, queue, fast } = await open(t)
  const address = { exchange: '', routingKey: queue, correlationId: '' }
  let confirms = 0
  let published = 0
  const drained = new Promise(resolve => channel.once('drain', resolve))
  let isWritable = true
  while (isWritable) {
    isWritable = fast.publish(address, jobMessage(published, 'x'.repeat(10_000)), () => {
      confirms += 1
    })
    published += 1
  }
  assert.ok(published > 50 && published < 200, `${published} messages of 10 kB were accepted at once`)
  await drained
  await channel.waitForConfirms()
  assert.equal(confirms, published)
})

test('a channel that the broker closes leaves its connection as it is', async t => {
  const { connection, channel, queue, fast } = await open(t)
  const ended = once(connection, 'close').then(() => 'the connection was closed')
  connection.on('error', () => undefined)
  const closed = new Promise(resolve => channel.once('close', resolve))
  channel.on('error', () => undefined)
  const refused = new Promise(resolve => {
    fast.publish({ exchange: 'none', routingKey: '', correlationId: '' }, jobMessage(1), resolve)
  })
  assert.ok((await refused) instanceof Error)
  await closed
  // It gets the number of the one that was closed.
  const next = connection.createChannel().then(channel => channel.checkQueue(queue))
  assert.deepEqual(await Promise.race([next, ended]), { queue, messageCount: 0, consumerCount: 0 })
})

test('nothing is published on a channel that is being closed', async t => {
  const { connection, channel, queue, fast } = await open(t)
  const closed = channel.close()
  assert.throws(
    () =>
      fast.publish({ exchange: '', routingKey: queue, correlationId: '' }, jobMessage(1), () => undefined),
    { name: 'IllegalOperationError' },
  )
  await closed
  const next = await connection.createChannel()
  assert.equal((await next.checkQueue(queue)).messageCount, 0)
})
