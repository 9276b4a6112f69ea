import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { amqpUrl, onEnd, proxyTo, until } from '@jackalope/local-servers/testing'
import { type ChannelModel, connect } from 'amqplib'
import { Broker } from '../../src/amqp/broker.ts'
import { parseBrokerAddresses } from '../../src/amqp/broker-addresses.ts'
import { connectTo } from '../../src/amqp/broker-connection.ts'
import { closeChannel, closeConnection } from '../../src/amqp/close.ts'
import { socketOf } from '../../src/amqp/socket-of.ts'
import { DeadLetterSubscription } from '../../src/dead-letters/subscription.ts'
import { deadLettersOf } from '../../src/index.ts'
import { brokerAdmin, readyCount } from '../support/broker-admin.ts'
import { setup } from '../support/setup.ts'

const NEVER_MS = 2 ** 31 - 1

/** A way to the broker that can be frozen, without heartbeats that would end its connections. */
async function freezable(t: TestContext) {
  const proxy = await proxyTo(t, amqpUrl())
  return { ...proxy, url: `${proxy.url}?heartbeat=0` }
}

async function openOn(t: TestContext, url: string): Promise<ChannelModel> {
  const connection = await connect(url)
  connection.on('error', () => undefined)
  onEnd(t, () => closeConnection(connection, 100))
  return connection
}

test('closing ends when the connection ends before the broker has answered', { timeout: 20_000 }, async t => {
  const proxy = await freezable(t)
  const connection = await openOn(t, proxy.url)
  const channel = await connection.createChannel()
  proxy.freeze()
  const closing = [closeChannel(channel, NEVER_MS), closeConnection(connection, NEVER_MS)]
  await proxy.cut()
  await Promise.all(closing)
})

test('a connection that breaks while nobody uses it does not end the process', {
  timeout: 20_000,
}, async t => {
  const proxy = await freezable(t)
  const [address] = parseBrokerAddresses(proxy.url)
  const connection = await connectTo(address, 'test')
  onEnd(t, () => closeConnection(connection, 100))
  const closed = once(socketOf(connection.connection) as Socket, 'close')
  await proxy.cut()
  await closed
})

test('closing a connection that hangs ends at its limit, and its socket with it', {
  timeout: 20_000,
}, async t => {
  const proxy = await freezable(t)
  const connection = await openOn(t, proxy.url)
  const channel = await connection.createChannel()
  const socket = socketOf(connection.connection)
  assert.ok(socket)
  const socketClosed = once(socket, 'close')
  proxy.freeze()
  await closeChannel(channel, 50)
  await closeConnection(connection, 50)
  await assert.rejects(socketClosed, /did not close the connection in time/)
})

test('closing what is closed already is no error', async t => {
  const connection = await openOn(t, amqpUrl())
  const channel = await connection.createChannel()
  await closeChannel(channel)
  await closeChannel(channel)
  await closeConnection(connection)
  await closeConnection(connection)
})

test('a worker whose broker hangs closes', { timeout: 30_000 }, async t => {
  const proxy = await freezable(t)
  const { queue, worker } = setup(t)
  const jobs = queue()
  const consumer = worker(async () => undefined, { concurrency: 3, backend: { url: proxy.url } })
  const completed = once(consumer, 'completed')
  await jobs.add('a', {})
  await completed
  proxy.freeze()
  await consumer.close()
})

test('a queue whose broker hangs closes', { timeout: 30_000 }, async t => {
  const proxy = await freezable(t)
  const jobs = setup(t).queue({ backend: { url: proxy.url, confirmTimeoutMs: 500 } })
  await jobs.add('a', {})
  proxy.freeze()
  await assert.rejects(jobs.add('b', {}), { code: 'ERR_PUBLISH_UNCONFIRMED' })
  await jobs.close()
})

test('questions to a broker that hangs fail: nobody waits for them for ever', {
  timeout: 60_000,
}, async t => {
  const proxy = await freezable(t)
  const { queue } = setup(t)
  const jobs = queue({ backend: { url: proxy.url, confirmTimeoutMs: 500 } })
  const letters = deadLettersOf(jobs)
  await jobs.add('a', {})
  const broker = new Broker({ url: proxy.url })
  broker.retain()
  onEnd(t, () => broker.release())
  await broker.check()
  proxy.freeze()
  const questions = [
    broker.check(),
    broker.depth('any'),
    letters.count(),
    letters.list(),
    letters.purge('all'),
  ]
  const unanswered = { code: 'ERR_CONNECT', message: /no answer within|timeout|ETIMEDOUT/i }
  await Promise.all(questions.map(question => assert.rejects(question, unanswered)))
})

test('a subscription to dead letters closes although its listener hangs', { timeout: 20_000 }, async t => {
  const { queue, worker, amqpQueue } = setup(t)
  const jobs = queue()
  worker(async () => {
    throw new Error('broken')
  })
  await jobs.waitUntilReady()
  const broker = new Broker({ url: amqpUrl() })
  broker.retain()
  onEnd(t, () => broker.release())
  const told = Promise.withResolvers<void>()
  const subscription = new DeadLetterSubscription({
    broker,
    topology: (jobs.getBackend() as unknown as { topology: never }).topology,
    name: 'hanging',
    onLetter: () => {
      told.resolve()
      return new Promise(() => undefined)
    },
    onError: error => assert.fail(error),
  })
  const admin = await brokerAdmin(t)
  onEnd(t, () => admin.deleteQueue(`${amqpQueue}:dead:hanging`))
  await subscription.open()
  await jobs.add('a', {})
  await told.promise
  await subscription.close({ timeoutMs: 100 })
  // The letter comes again.
  await until(async () => (await readyCount(admin, `${amqpQueue}:dead:hanging`)) === 1)
})
