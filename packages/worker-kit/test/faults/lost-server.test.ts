import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type LocalServer, startRabbitmq, startRedis } from '@jackalope/local-servers'
import { amqpUrl, onEnd, redisUrl } from '@jackalope/local-servers/testing'
import { z } from 'zod'
import { connect, type Kit } from '../../src/index.ts'
import { defineJob } from '../../src/job/index.ts'
import { Ledger } from '../support/ledger.ts'
import { setup } from '../support/setup.ts'

const counted = defineJob({ name: 'counted', input: z.object({ n: z.number() }), attempts: 3 })
const JOBS = 600
/** Every second job is recorded at its start. */
const recordOnOf = (n: number) => (n % 2 === 0 ? 'add' : 'start')

test('R3, R4: RabbitMQ stopped and started under load loses no job, whenever it is recorded', async t => {
  const rabbitmq = await privateServer(t, startRabbitmq)
  const kit = await connected(t, { amqpUrl: rabbitmq.url, redisUrl: redisUrl() })
  const ledger = new Ledger()
  kit.work(counted, async ({ id }) => ledger.note(id), { concurrency: 5, lockDurationMs: 5_000 })
  const queue = kit.queue(counted)

  const adding = addAll((n, jobId) => queue.add({ n }, { jobId, recordOn: recordOnOf(n) }))
  await ledger.untilRan(20)
  await rabbitmq.stop()
  await rabbitmq.start()
  assert.equal(await adding, JOBS)
  await ledger.untilRan(JOBS)
})

test('R3: RabbitMQ killed under load loses no job, whenever it is recorded', async t => {
  const rabbitmq = await privateServer(t, startRabbitmq)
  const kit = await connected(t, { amqpUrl: rabbitmq.url, redisUrl: redisUrl() })
  // A quorum queue of 3.10 that is killed within its first moments does not come back: this one has been stopped before.
  await kit.queue(counted).add({ n: JOBS })
  await rabbitmq.stop()
  await rabbitmq.start()

  const ledger = new Ledger()
  kit.work(counted, async ({ id }) => ledger.note(id), { concurrency: 5, lockDurationMs: 5_000 })
  const queue = kit.queue(counted)
  const adding = addAll((n, jobId) => queue.add({ n }, { jobId, recordOn: recordOnOf(n) }))
  await ledger.untilRan(JOBS / 2)
  await rabbitmq.kill()
  await rabbitmq.start()
  assert.equal(await adding, JOBS)
  await ledger.untilRan(JOBS + 1)
})

test('Redis stopped and started under load: producers are told, and every recorded job runs', async t => {
  const redis = await privateServer(t, startRedis)
  const kit = await connected(t, { amqpUrl: amqpUrl(), redisUrl: redis.url })
  const ledger = new Ledger()
  kit.work(counted, async ({ id }) => ledger.note(id), { concurrency: 5, lockDurationMs: 5_000 })
  const queue = kit.queue(counted)

  await queue.add({ n: -1 }, { jobId: 'before' })
  await ledger.untilRan(1)
  await redis.stop()
  const refusedAt = Date.now()
  await assert.rejects(queue.add({ n: 0 }, { jobId: 'during' }), { code: 'ERR_NOT_RECORDED' })
  await assert.rejects(kit.check())
  assert.ok(Date.now() - refusedAt < 15_000, 'an outage is reported within seconds')
  await redis.start()
  await recovered(() => kit.check())
  await queue.add({ n: 1 }, { jobId: 'after' })
  await ledger.untilRan(2)
  assert.ok(ledger.runs.has('after'))
})

/** Adds the jobs one after another; gives how many are recorded, or confirmed. */
async function addAll(add: (n: number, jobId: string | undefined) => Promise<unknown>): Promise<number> {
  let added = 0
  for (let n = 0; n < JOBS; n++) {
    await add(n, undefined).catch(async (error: { code?: string; jobId?: string }) => {
      if (error.code === 'ERR_ADD_UNCONFIRMED') await add(n, error.jobId)
      else if (error.code !== 'ERR_PUBLISH_UNCONFIRMED') throw error
    })
    added += 1
  }
  return added
}

async function recovered(check: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await check()
    } catch {
      await new Promise(resolve => setImmediate(resolve))
    }
  }
}

test('a kit closes although Redis is gone', async t => {
  const redis = await privateServer(t, startRedis)
  const kit = await connected(t, { amqpUrl: amqpUrl(), redisUrl: redis.url })
  kit.work(counted, async () => undefined)
  await redis.stop()
  await kit.close({ timeoutMs: 100 })
})

test('a worker closes although Redis was never there', { timeout: 20_000 }, async t => {
  const { worker } = setup(t)
  const consumer = worker(async () => undefined, { connection: { port: 1, maxRetriesPerRequest: null } })
  await consumer.close()
})

async function privateServer(
  t: TestContext,
  start: (options: { dir: string }) => Promise<LocalServer>,
): Promise<LocalServer> {
  const dir = await mkdtemp(join(tmpdir(), 'worker-kit-'))
  const server = await start({ dir })
  onEnd(t, async () => {
    await server.stop()
    await rm(dir, { recursive: true })
  })
  return server
}

async function connected(t: TestContext, urls: { amqpUrl: string; redisUrl: string }): Promise<Kit> {
  const kit = await connect({ ...urls, prefix: `test-${process.pid}-${Date.now()}` })
  onEnd(t, () => kit.close())
  return kit
}
