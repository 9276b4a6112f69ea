import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { amqpUrl, onEnd, proxyTo, redisUrl, until } from '@jackalope/local-servers/testing'
import { Queue, QueueEvents } from 'bullmq'
import { Broker } from '../../src/amqp/broker.ts'
import { type BrokerAddress, parseBrokerAddresses } from '../../src/amqp/broker-addresses.ts'
import { createRabbitmqBackend } from '../../src/index.ts'
import { setup } from '../support/setup.ts'

test('opens no connection after its last user is gone, and opens again for a new one', async () => {
  const broker = new Broker({ url: amqpUrl() })
  broker.retain()
  await broker.check()
  await broker.release()
  await assert.rejects(broker.publishing(), { code: 'ERR_CLOSED' })
  await assert.rejects(broker.consuming(), { code: 'ERR_CLOSED' })
  broker.retain()
  await broker.check()
  await broker.release()
})

test('a process ends by itself when it has closed its queue while the broker was away', async t => {
  const { prefix, name } = setup(t)
  const proxy = await proxyTo(t, amqpUrl())
  const script = new URL('../support/closing-producer.ts', import.meta.url)
  const producer = fork(script, [proxy.url, redisUrl(), prefix, name])
  const exited = once(producer, 'exit', { signal: AbortSignal.timeout(20_000) })
  onEnd(t, () => producer.kill('SIGKILL'))
  await once(producer, 'message')
  await proxy.cut()
  producer.send('add')
  assert.deepEqual(await exited, [0, null])
})

test('a process ends by itself when it has disconnected its queue', async t => {
  const { prefix, name } = setup(t)
  const script = new URL('../support/disconnecting-producer.ts', import.meta.url)
  const producer = fork(script, [amqpUrl(), redisUrl(), prefix, name])
  onEnd(t, () => producer.kill('SIGKILL'))
  assert.deepEqual(await once(producer, 'exit', { signal: AbortSignal.timeout(20_000) }), [0, null])
})

test('goes to the next address when one cannot be reached, and when its connection is lost', async t => {
  const [first, second] = [await proxyTo(t, amqpUrl()), await proxyTo(t, amqpUrl())]
  await first.cut()
  const broker = new Broker({ url: [first.url, second.url] })
  broker.retain()
  onEnd(t, () => broker.release())
  await broker.check()
  const alone = await broker.open('a test')
  await alone.close()
  await Promise.all([first.restore(), second.cut()])
  // It may not have noticed yet.
  await until(() =>
    broker.check().then(
      () => true,
      () => false,
    ),
  )
})

test('queue and worker say why the broker cannot be reached, and so does a job that was not confirmed', async t => {
  const proxy = await proxyTo(t, amqpUrl())
  await proxy.cut()
  const { queue, worker } = setup(t)
  const backend = { url: proxy.url, confirmTimeoutMs: 500 }
  const jobs = queue({ backend })
  const consumer = worker(async () => undefined, { backend })
  const why = { code: 'ERR_CONNECT', message: /^RabbitMQ at \S+ cannot be reached: connect ECONNREFUSED / }
  const said = [once(jobs, 'error'), once(consumer, 'error')]
  await assert.rejects(jobs.add('a', {}), {
    code: 'ERR_PUBLISH_UNCONFIRMED',
    message: /RabbitMQ at 127\.0\.0\.1:\d+ cannot be reached: connect ECONNREFUSED /,
  })
  for (const [error] of await Promise.all(said)) await assert.rejects(Promise.reject(error), why)
})

test('QueueEvents does not say that the broker cannot be reached: it needs none', async t => {
  const proxy = await proxyTo(t, amqpUrl())
  await proxy.cut()
  const { prefix, name } = setup(t)
  const factory = createRabbitmqBackend({ url: proxy.url })
  const connection = { url: redisUrl() }
  const events = new QueueEvents(name, { connection, prefix }, factory)
  const jobs = new Queue(name, { connection, prefix }, factory)
  onEnd(t, () => Promise.all([events.close(), jobs.close()]))
  const errors: Error[] = []
  events.on('error', error => errors.push(error))
  const adding = jobs.add('a', {})
  adding.catch(() => undefined)
  for (let attempts = 0; attempts < 2; attempts++) await new Promise(resolve => jobs.once('error', resolve))
  assert.deepEqual(errors, [])
})

test('says what is wrong with an address, and not the password in it', () => {
  const wrong: [url: string | string[], text: RegExp][] = [
    [[], /one address or several, got an empty list/],
    ['http://me:secret@localhost', /amqp:\/\/ or amqps:\/\/, got http:\/\//],
    [['amqp://localhost', 'me:secret@localhost:99999'], /amqp:\/\//],
    ['amqp://', /got/],
  ]
  for (const [url, text] of wrong) {
    assert.throws(
      () => createRabbitmqBackend({ url }),
      (error: Error & { code?: string }) => {
        assert.equal(error.code, 'ERR_INVALID_DEFINITION')
        assert.match(error.message, text)
        assert.doesNotMatch(error.message, /secret/)
        return true
      },
    )
  }
})

test('reads all parts of an address', () => {
  const [plain, full] = parseBrokerAddresses([
    'amqp://localhost',
    'amqps://m%40e:p%2Fw@[::1]:5999/v%2Fhost?heartbeat=5&frameMax=8192',
  ]) as readonly BrokerAddress[]
  assert.deepEqual(
    [plain?.hostname, plain?.port, plain?.username, plain?.vhost, plain?.heartbeat],
    ['localhost', undefined, undefined, undefined, 10],
  )
  const { protocol, hostname, port, username, password, heartbeat, frameMax } = full as BrokerAddress
  assert.deepEqual(
    [protocol, hostname, port, username, password, heartbeat, frameMax],
    ['amqps', '::1', 5999, 'm@e', 'p/w', 5, 8192],
  )
})

test('a queue that has published closes at once while the broker answers', async t => {
  const queue = setup(t).queue()
  await queue.add('a', {})
  const before = performance.now()
  await queue.close()
  // A broker that does not answer is given two seconds.
  assert.ok(performance.now() - before < 1_500)
})
