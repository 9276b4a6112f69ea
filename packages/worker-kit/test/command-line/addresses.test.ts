import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { startRedis } from '@jackalope/local-servers'
import { amqpUrl, onEnd, temporaryFolder } from '@jackalope/local-servers/testing'
import { Cluster } from 'ioredis'
import { z } from 'zod'
import { type ConnectOptions, connect } from '../../src/index.ts'
import { defineJob } from '../../src/job/index.ts'
import { makeCertificates } from '../support/certificates.ts'
import { privateRabbitmq } from '../support/private-rabbitmq.ts'
import { startRedisCluster, startSentinel, startTlsRedis } from '../support/redis-kinds.ts'
import { run } from '../support/run-command-line.ts'
import { addTlsListener } from '../support/tls-listener.ts'

const task = defineJob({ name: 'jobs', input: z.object({}) })

/** A queue with one job, for the command line to find.
 *  @returns its prefix */
async function queueWithJob(t: TestContext, options: ConnectOptions): Promise<string> {
  const prefix = `{test-${randomUUID()}}`
  const kit = await connect({ ...options, prefix })
  onEnd(t, () => kit.close())
  const queue = kit.queue(task)
  onEnd(t, () => queue.bull.obliterate({ force: true }))
  await queue.add({})
  return prefix
}

async function assertFindsJob(prefix: string, args: string[], env: Record<string, string>): Promise<void> {
  const { code, stdout, stderr } = await run(['queues', '--prefix', prefix, ...args], env)
  assert.equal(code, 0, stderr)
  assert.match(stdout, /^jobs +1 +0 +0 +0 +0 +0 +0 +no$/m)
}

test('--ca has the certificates that servers by TLS are checked with', async t => {
  const certificates = await makeCertificates(t)
  const { ca, caFile } = certificates
  const redis = await startTlsRedis(t, certificates)
  const broker = await privateRabbitmq(t)
  const { username, password } = new URL(broker.url)
  const url = `amqps://${username}:${password}@127.0.0.1:${await addTlsListener(broker, certificates)}`
  const prefix = await queueWithJob(t, { amqp: { url, tls: { ca } }, redis: { url: redis.url, tls: { ca } } })
  const env = { AMQP_URL: url, REDIS_URL: redis.url }
  await assertFindsJob(prefix, ['--ca', caFile], env)

  const without = await run(['queues'], env)
  assert.match(
    without.stderr,
    /^worker-kit: Redis at \S+ cannot be reached: its certificate is refused: [^\n]*\n$/,
  )
  const none = await run(['queues', '--ca', `${caFile}.none`], env)
  assert.deepEqual([none.code, /^worker-kit: --ca: ENOENT/.test(none.stderr)], [2, true])
})

test('a node of a Redis Cluster leads to the cluster', async t => {
  const server = await startRedisCluster(t)
  const { host, password } = new URL(server.url)
  const shared = new Cluster([server.url], { redisOptions: { password } })
  onEnd(t, () => shared.disconnect())
  const prefix = await queueWithJob(t, { amqpUrl: amqpUrl(), redis: shared })
  await assertFindsJob(prefix, [], {
    REDIS_URL: `redis://:${password}@127.0.0.1:1,redis://:${password}@${host}`,
  })
})

test('--sentinel leads from Sentinels to the server that they know', async t => {
  const master = await startRedis({ dir: await temporaryFolder(t) })
  onEnd(t, () => master.kill())
  const sentinel = await startSentinel(t, master)
  const prefix = await queueWithJob(t, { amqpUrl: amqpUrl(), redisUrl: master.url })
  await assertFindsJob(prefix, ['--sentinel', 'main'], { REDIS_URL: sentinel.url })
  const unknown = await run(['queues', '--sentinel', 'other'], { REDIS_URL: sentinel.url })
  assert.equal(unknown.code, 1)
  assert.match(
    unknown.stderr,
    /^worker-kit: Redis at "other" of the Sentinels 127\.0\.0\.1:\d+ cannot be reached: [^\n]*\n$/,
  )
})
