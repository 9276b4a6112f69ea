import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { startRabbitmq } from '@jackalope/local-servers'
import { amqpUrl, onEnd, proxyTo, redisUrl, temporaryFolder, until } from '@jackalope/local-servers/testing'
import { createMetrics, Resources } from '@jackalope/service-kit'
import { openDatabase } from '../../src/database/database.ts'
import { createOutboxStore } from '../../src/outbox/outbox-store.ts'
import { publishJobs } from '../../src/outbox/publish-jobs.ts'
import { startRelay } from '../../src/outbox/start-relay.ts'
import { connectKit, greet, logger, startOutbox } from '../support/outbox.ts'

const killedRelay = fileURLToPath(new URL('../support/killed-relay.ts', import.meta.url))

describe('Relays', () => {
  it('add each job once when three of them work on one outbox', async t => {
    const { relay, enqueue, isEmpty, greeted, kit } = await startOutbox(t)
    const published: string[] = []
    const publish = publishJobs(kit, [greet])
    for (let count = 0; count < 3; count += 1)
      relay({
        batchSize: 7,
        publish: row => {
          published.push(row.id)
          return publish(row)
        },
      })
    const names = Array.from({ length: 150 }, (_, index) => `guest ${index}`)
    await Promise.all(names.map(enqueue))
    await until(isEmpty)
    assert.deepEqual(await greeted(), names.sort())
    assert.equal(published.length, 150)
  })

  it('make no second job after one was killed between adding a job and removing its row', async t => {
    const { url, prefix, relay, enqueue, isEmpty, kit, store } = await startOutbox(t)
    const id = await enqueue('ada')
    const child = spawn(process.execPath, [killedRelay], {
      env: { ...process.env, MYSQL_URL: url, AMQP_URL: amqpUrl(), REDIS_URL: redisUrl(), PREFIX: prefix },
      stdio: 'inherit',
    })
    const [, signal] = await once(child, 'exit')
    assert.equal(signal, 'SIGKILL')
    assert.equal((await store.stats()).rows, 1)
    const runs: string[] = []
    const worker = kit.work(greet, async ({ id }) => void runs.push(id))
    await until(async () => runs.length > 0)
    await until(async () => (await kit.queue(greet).bull.getCompletedCount()) === 1)
    // The killed one's claim ends after a second.
    relay({ pollMs: 100 })
    await until(isEmpty)
    await until(async () =>
      Object.values(await kit.queue(greet).bull.getJobCounts('waiting', 'active')).every(
        count => count === 0,
      ),
    )
    await worker.close({ timeoutMs: 10_000 })
    assert.deepEqual(runs, [id])
  })

  it('go on with the other jobs when one cannot be added, and keep it', async t => {
    const { database, relay, enqueue, greeted, store } = await startOutbox(t)
    await database.change(
      `INSERT INTO outbox (id, queue, job_name, payload, created_at, due_at)
       VALUES ('a', 'of nobody', 'unknown', '{}', NOW(3), NOW(3)), ('b', 'greet', 'greet', '{"name":7}', NOW(3), NOW(3))`,
    )
    relay({ batchSize: 1 })
    await enqueue('ada')
    await until(async () => (await greeted()).length === 1)
    await until(async () => (await store.stats()).rows === 2)
    const rows = await database.select<{ failures: number }>('SELECT failures FROM outbox')
    for (const { failures } of rows) assert.ok(failures > 0)
  })

  it('wait longer and longer while the database is away, whatever wakes them, and recover', async t => {
    const { url, relay, enqueue, isEmpty } = await startOutbox(t)
    const proxy = await proxyTo(t, url)
    const database = openDatabase(proxy.url)
    onEnd(t, () => database.close())
    await database.prepare(new AbortController().signal)
    const store = createOutboxStore(database)
    let claims = 0
    const counted = {
      ...store,
      claim: (...args: Parameters<typeof store.claim>) => {
        claims += 1
        return store.claim(...args)
      },
    }
    await proxy.cut()
    const working = relay({ store: counted, minBackoffMs: 100, maxBackoffMs: 1_000 })
    await until(async () => claims === 3)
    for (let times = 0; times < 1_000; times += 1) working.wake()
    assert.equal(claims, 3)
    await enqueue('patient')
    await proxy.restore()
    await until(isEmpty)
    assert.ok(claims < 30, `${claims} claims`)
  })

  it('outlive a broker that is stopped and started: what was committed meanwhile is added', async t => {
    const { prefix, relay, enqueue, isEmpty, store } = await startOutbox(t)
    const rabbitmq = await startRabbitmq({ dir: await temporaryFolder(t) })
    onEnd(t, () => rabbitmq.stop())
    const kit = await connectKit(t, prefix, { amqp: rabbitmq.url })
    relay({ publish: publishJobs(kit, [greet]) })
    await enqueue('before')
    await until(isEmpty)
    await rabbitmq.stop()
    const ids = [await enqueue('meanwhile'), await enqueue('meanwhile, too')]
    await rabbitmq.start()
    await until(isEmpty)
    const done: string[] = []
    kit.work(greet, async ({ id }) => void done.push(id))
    await until(async () => done.length >= 3 && ids.every(id => done.includes(id)))
    assert.equal((await store.stats()).rows, 0)
    assert.equal(done.length, 3)
  })

  it('start without RabbitMQ and Redis, and relay when both are there', async t => {
    const { database, prefix, enqueue, isEmpty, greeted } = await startOutbox(t)
    const [broker, redis] = [await proxyTo(t, amqpUrl()), await proxyTo(t, redisUrl())]
    await Promise.all([broker.cut(), redis.cut()])
    const resources = new Resources()
    const shutdown = new AbortController()
    onEnd(t, () => {
      shutdown.abort()
      return resources.close()
    })
    const relay = startRelay({
      ...{ database, definitions: [greet], prefix, logger, resources, shutdown: shutdown.signal },
      metrics: createMetrics('auth'),
      amqpUrl: [broker.url],
      redisUrl: redis.url,
    })
    await enqueue('early')
    await assert.rejects(relay.check(), /not connected yet/)
    await Promise.all([broker.restore(), redis.restore()])
    await until(isEmpty)
    await relay.check()
    assert.deepEqual(await greeted(), ['early'])
  })

  it('keep the rows while Redis is away, and add them afterwards', async t => {
    const { prefix, relay, enqueue, isEmpty, greeted, store } = await startOutbox(t)
    const redis = await proxyTo(t, redisUrl())
    const kit = await connectKit(t, prefix, { redis: redis.url })
    await redis.cut()
    let attempts = 0
    const publish = publishJobs(kit, [greet])
    relay({
      maxBackoffMs: 1_000,
      publish: row => {
        attempts += 1
        return publish(row)
      },
    })
    await enqueue('patient')
    await until(async () => attempts >= 2)
    assert.equal((await store.stats()).rows, 1)
    await redis.restore()
    await until(isEmpty)
    assert.deepEqual(await greeted(), ['patient'])
  })
})
