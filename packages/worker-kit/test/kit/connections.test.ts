import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { startRedis } from '@jackalope/local-servers'
import { amqpUrl, onEnd, redisUrl, temporaryFolder, until } from '@jackalope/local-servers/testing'
import { Queue } from 'bullmq'
import { Cluster, Redis } from 'ioredis'
import { z } from 'zod'
import { type ConnectOptions, connect, createRabbitmqBackend } from '../../src/index.ts'
import { defineJob } from '../../src/job/index.ts'
import { makeCertificates } from '../support/certificates.ts'
import { ended } from '../support/ended.ts'
import { privateRabbitmq } from '../support/private-rabbitmq.ts'
import { startRedisCluster, startSentinel, startTlsRedis } from '../support/redis-kinds.ts'
import { addTlsListener } from '../support/tls-listener.ts'

const task = defineJob({ name: 'jobs', input: z.object({}) })

/** Adds a job, lets it run, and cancels another while it runs: that takes all connections of a kit. */
async function runsJobs(t: TestContext, options: ConnectOptions): Promise<void> {
  const kit = await connect(options)
  onEnd(t, () => kit.close())
  const queue = kit.queue(task)
  onEnd(t, () => queue.bull.obliterate({ force: true }))
  const started = Promise.withResolvers<void>()
  const worker = kit.work(task, async ({ id, signal }) => {
    if (id !== 'long') return 'done'
    started.resolve()
    await new Promise(resolve => signal.addEventListener('abort', resolve))
    throw new Error('stopped')
  })
  const { id } = await queue.add({})
  assert.equal((await ended(queue.bull, id)).returnvalue, 'done')
  await queue.add({}, { jobId: 'long' })
  await started.promise
  assert.equal(await queue.cancel('long'), 'requested')
  assert.match((await ended(queue.bull, 'long')).failedReason, /^Canceled/)
  await kit.check()
  await worker.close({ timeoutMs: 5_000 })
}

const prefix = () => `test-${randomUUID()}`

test('RabbitMQ and Redis by TLS, with an authority of their own', async t => {
  const certificates = await makeCertificates(t)
  const { ca } = certificates
  const redis = await startTlsRedis(t, certificates)
  const broker = await privateRabbitmq(t)
  const { username, password } = new URL(broker.url)
  const port = await addTlsListener(broker, certificates)
  const amqp = { hostname: '127.0.0.1', port, username, password, vhost: '/', tls: { ca } }
  const redisOptions = { url: redis.url, tls: { ca } }
  await runsJobs(t, { amqp, redis: redisOptions, prefix: prefix() })

  const url = `amqps://${username}:${password}@127.0.0.1:${port}`
  const backend = createRabbitmqBackend({ url: { url, tls: { ca } } })
  const queue = new Queue('plain', { connection: redisOptions, prefix: prefix() }, backend)
  await queue.add('a', {})
  await queue.obliterate({ force: true })
  await queue.close()

  const unknown = /its certificate is refused: .*give that of its authority \(ca\)$/
  await assert.rejects(connect({ amqpUrl: url, redis: redisOptions }), {
    code: 'ERR_CONNECT',
    message: unknown,
  })
  await assert.rejects(connect({ amqp, redisUrl: redis.url }), { code: 'ERR_CONNECT', message: unknown })
})

test('a client of ioredis that is shared serves the queues, and stays open', async t => {
  const shared = new Redis(redisUrl())
  onEnd(t, () => shared.disconnect())
  await runsJobs(t, { amqpUrl: amqpUrl(), redis: shared, prefix: prefix() })
  // It closed after the queue was removed.
  await shared.ping()
  const kit = await connect({ amqpUrl: amqpUrl(), redis: shared, prefix: prefix() })
  const listeners = shared.listenerCount('error')
  await kit.close()
  assert.deepEqual([await shared.ping(), shared.listenerCount('error')], ['PONG', listeners - 1])
})

test('a Redis Cluster, with a prefix that keeps its keys together', async t => {
  const server = await startRedisCluster(t)
  const { password, port } = new URL(server.url)
  const shared = new Cluster([{ host: '127.0.0.1', port: Number(port) }], { redisOptions: { password } })
  onEnd(t, () => shared.disconnect())
  await runsJobs(t, { amqpUrl: amqpUrl(), redis: shared, prefix: `{${prefix()}}` })
  const kit = await connect({ amqpUrl: amqpUrl(), redis: shared })
  onEnd(t, () => kit.close())
  assert.throws(() => kit.queue(task), {
    code: 'ERR_INVALID_DEFINITION',
    message:
      'Queue "jobs": on a Redis Cluster, expected a prefix with a hash tag such as "{bull}", got "bull"',
  })
  const wrong = new Cluster([{ host: '127.0.0.1', port: Number(port) }], {
    redisOptions: { password: 's3cret' },
  })
  onEnd(t, () => wrong.disconnect())
  await assert.rejects(connect({ amqpUrl: amqpUrl(), redis: wrong }), {
    code: 'ERR_CONNECT',
    message: /^Redis at 127\.0\.0\.1:\d+ cannot be reached: WRONGPASS/,
  })
})

test('a Redis that Sentinels know', async t => {
  const master = await startRedis({ dir: await temporaryFolder(t) })
  onEnd(t, () => master.kill())
  const sentinel = await startSentinel(t, master)
  const { password } = new URL(master.url)
  await runsJobs(t, {
    amqpUrl: amqpUrl(),
    redis: {
      sentinels: [{ host: '127.0.0.1', port: sentinel.port }],
      name: 'main',
      password,
      sentinelPassword: password,
    },
    prefix: prefix(),
  })
})

test('credentials that rotate: the function is asked before each attempt to connect; rights that are missing are told', async t => {
  const broker = await privateRabbitmq(t)
  const { port } = new URL(broker.url)
  const permit = async (user: string) => {
    await broker.control('add_user', user, `${user}-password`)
    await broker.control('set_permissions', user, '.*', '.*', '.*')
  }
  await permit('monday')
  let user = 'sunday'
  let isAway = true
  let calls = 0
  const kit = await connect({
    async amqp() {
      calls += 1
      if (calls === 1) throw new Error('the vault is away')
      // As it was renewed too late: a refusal is not final here.
      if (calls === 2) return { hostname: '127.0.0.1', port: Number(port), username: user, password: 'old' }
      if (isAway) user = 'monday'
      isAway = false
      return { hostname: '127.0.0.1', port: Number(port), username: user, password: `${user}-password` }
    },
    redisUrl: redisUrl(),
    prefix: prefix(),
  })
  onEnd(t, () => kit.close())
  const queue = kit.queue(task)
  onEnd(t, () => queue.bull.obliterate({ force: true }))
  kit.work(task, async () => 'done')
  await ended(queue.bull, (await queue.add({})).id)

  await permit('tuesday')
  user = 'tuesday'
  await broker.control('delete_user', 'monday')
  await broker.control('close_all_user_connections', 'monday', 'rotated')
  await until(async () => kit.traffic.reconnects.publish > 0 && kit.traffic.reconnects.consume > 0)
  await ended(queue.bull, (await queue.add({})).id)
  assert.match(await broker.control('list_connections', 'user'), /^user\s+(tuesday\s*)+$/)

  await broker.control('add_user', 'poor', 'poor-password')
  await broker.control('set_permissions', 'poor', '^$', '.*', '.*')
  const told = Promise.withResolvers<Error & { code?: string }>()
  const warn = (fields: { err?: Error }) => fields.err && told.resolve(fields.err)
  const silent = () => undefined
  const poor = await connect({
    amqp: { hostname: '127.0.0.1', port: Number(port), username: 'poor', password: 'poor-password' },
    ...{ redisUrl: redisUrl(), prefix: prefix(), confirmTimeoutMs: 200 },
    logger: { debug: silent, info: silent, warn, error: silent },
  })
  onEnd(t, () => poor.close())
  const other = poor.queue(task)
  onEnd(t, () => other.bull.obliterate({ force: true }))
  const needed = /user 'poor'.*Give the user the rights to configure, write and read/
  await assert.rejects(other.add({}, { jobId: 'a' }), { code: 'ERR_PUBLISH_UNCONFIRMED', message: needed })
  poor.work(task, async () => undefined)
  const error = await told.promise
  assert.equal(error.code, 'ERR_ACCESS_REFUSED')
  assert.match(error.message, needed)
  await broker.control('set_permissions', 'poor', '.*', '.*', '.*')
  await ended(other.bull, 'a')
})
