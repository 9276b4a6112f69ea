import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { amqpUrl, createMysqlDatabase, onEnd, proxyTo, until } from '@jackalope/local-servers/testing'
import { connectProducer, type Producer } from '../../src/broker-producer/index.ts'
import { WorkerKitError } from '../../src/errors.ts'
import { createOutbox, mysql2Store } from '../../src/outbox/index.ts'
import { brokerAdmin } from '../support/broker-admin.ts'
import { greet, inTransaction, recordLines, startOutbox } from './support/guests.ts'

/** A producer that counts what it is asked to publish. */
async function countingProducer(t: Parameters<typeof startOutbox>[0], prefix: string) {
  const producer = await connectProducer({ amqpUrl: amqpUrl(), prefix })
  onEnd(t, () => producer.close())
  const published: string[] = []
  const counting = {
    check: () => producer.check(),
    queueOfCheckedJobs(name: string) {
      const queue = producer.queueOfCheckedJobs(name)
      return {
        ...queue,
        addBulk(jobs: Parameters<typeof queue.addBulk>[0]) {
          published.push(...jobs.map(({ options }) => String(options?.jobId)))
          return queue.addBulk(jobs)
        },
      }
    },
  } as unknown as Producer
  return { producer: counting, published }
}

describe('A relay', () => {
  it('adds a job at once after the commit, under the id of its row, and removes the row', async t => {
    const { relay, add, isEmpty, kit, untilRun, done, work } = await startOutbox(t)
    work()
    // Without the wake-up the job would come after a minute.
    relay({ pollIntervalMs: 60_000 })
    const [{ id } = { id: '' }] = await add('ada')
    await untilRun(1)
    await until(isEmpty)
    assert.deepEqual(done, [{ id, name: 'ada' }])
    const job = await kit.queue(greet).getJob(id)
    assert.deepEqual(job?.data, { name: 'ada' })
  })

  it('adds what a process has left that has died since, and leaves alone what was rolled back', async t => {
    const { relay, add, outbox, pool, work, untilRun, names, isEmpty } = await startOutbox(t)
    await add('left behind')
    const undone = inTransaction(pool, async transaction => {
      await outbox.add(greet, { name: 'undone' }, { transaction })
      throw new Error('changed my mind')
    })
    await assert.rejects(undone, /changed my mind/)
    work()
    relay()
    await untilRun(1)
    await add('the last')
    await untilRun(2)
    await until(isEmpty)
    assert.deepEqual(names(), ['left behind', 'the last'])
  })

  it('adds a job with a delay when it is due, not at the next look', async t => {
    const { relay, pool, outbox, work, untilRun, done } = await startOutbox(t)
    work()
    const began = performance.now()
    await inTransaction(pool, transaction =>
      outbox.add(greet, { name: 'later' }, { transaction, delay: 400 }),
    )
    relay({ pollIntervalMs: 60_000 })
    await untilRun(1)
    assert.ok(performance.now() - began >= 400)
    assert.equal(done.length, 1)
  })

  it('keeps the order of a queue, with two others beside it, and publishes each job once', async t => {
    const { relay, add, work, untilRun, isEmpty, prefix, done } = await startOutbox(t)
    const { producer, published } = await countingProducer(t, prefix)
    const expected = Array.from({ length: 600 }, (_, index) => `guest ${index}`)
    for (let count = 0; count < 3; count += 1) relay({ producer, batchSize: 7, pollIntervalMs: 50 })
    for (let start = 0; start < expected.length; start += 20) await add(...expected.slice(start, start + 20))
    work()
    await untilRun(expected.length)
    await until(isEmpty)
    const namesById = new Map(done.map(({ id, name }) => [id, name]))
    assert.deepEqual(
      published.map(id => namesById.get(id)),
      expected,
    )
    assert.equal(done.length, expected.length)
  })

  it('goes on with other jobs when some can never be added: they stay, with the reason, and are tried again', async t => {
    const { relay, add, outbox, pool, work, untilRun, names, isEmpty, prefix } = await startOutbox(t)
    const { logger, lines } = recordLines()
    work()
    const big = 'x'.repeat(20_000)
    await add('one', big, 'two', `${big}!`, 'three')
    const damaged = `UPDATE jackalope_outbox SET payload = '{' WHERE payload LIKE '%two%'`
    await pool.query(damaged)
    const small = relay({ maxMessageBytes: 10_000, logger })
    await untilRun(2)
    await until(async () => (await outbox.stats()).failed === 3)
    assert.deepEqual(names(), ['one', 'three'])
    const failures = await outbox.failures()
    assert.equal(failures.length, 3)
    assert.match(failures[0]?.reason ?? '', /would be a message of \d+ bytes, and 10000 is the most/)
    assert.match(failures[1]?.reason ?? '', /is damaged: /)
    assert.equal(lines.filter(({ message }) => message === 'jobs of the outbox cannot be added').length, 1)
    await small.close()
    relay({ prefix, pollIntervalMs: 60_000 })
    const ids = failures.map(({ id }) => id)
    assert.equal(await outbox.discard([ids[1] ?? '']), 1)
    await outbox.retry(ids)
    await untilRun(4)
    await until(isEmpty)
    assert.deepEqual(names(), ['one', 'three', big, `${big}!`])
  })

  it('leaves the rows of a queue that the broker has with other arguments, and serves the others', async t => {
    const { relay, add, outbox, pool, work, untilRun, names, prefix } = await startOutbox(t)
    const { logger, lines } = recordLines()
    const other = { ...greet, name: 'other' }
    const admin = await brokerAdmin(t)
    await admin.assertQueue(`${prefix}:other`, { durable: true, arguments: { 'x-queue-type': 'classic' } })
    for (let times = 0; times < 3; times += 1)
      await inTransaction(pool, transaction => outbox.add(other, { name: 'stuck' }, { transaction }))
    work()
    relay({ logger, minBackoffMs: 20, maxBackoffMs: 50, pollIntervalMs: 20 })
    await add('ada')
    await untilRun(1)
    await until(async () => lines.some(({ message }) => message === 'a queue of the outbox takes no jobs'))
    await add('bob')
    await untilRun(2)
    assert.deepEqual(names(), ['ada', 'bob'])
    // The row of a job may outlive its run for a moment.
    await until(async () => (await outbox.stats()).rows === 3)
    assert.equal((await outbox.stats()).failed, 0)
    await admin.deleteQueue(`${prefix}:other`)
    await until(async () => (await outbox.stats()).rows === 0)
    assert.equal(lines.filter(({ level }) => level === 'error').length, 1)
  })

  it('waits longer and longer while the database is away, whatever wakes it, says so once, and recovers', async t => {
    const { url } = await createMysqlDatabase(t)
    const proxy = await proxyTo(t, url)
    const { add, work, untilRun, prefix } = await startOutbox(t, { url })
    const { logger, messages } = recordLines()
    const { createPool } = await import('mysql2/promise')
    const pool = createPool({ uri: proxy.url, connectTimeout: 1_000 })
    onEnd(t, () => pool.end())
    const store = mysql2Store(pool)
    let looks = 0
    const queues = () => {
      looks += 1
      return store.queues()
    }
    await proxy.cut()
    const relay = createOutbox({ store: { ...store, queues } }).relay({
      ...{ amqpUrl: amqpUrl(), prefix, logger, minBackoffMs: 50, maxBackoffMs: 500 },
    })
    onEnd(t, () => relay.close())
    await until(async () => looks >= 3)
    const before = looks
    for (let times = 0; times < 1_000; times += 1) relay.wake('greet')
    await new Promise(resolve => setImmediate(resolve))
    assert.ok(looks <= before + 1)
    await add('patient')
    await until(async () => looks >= 5)
    assert.deepEqual(messages(), ['the outbox is not relayed'])
    await proxy.restore()
    work()
    await untilRun(1)
    await until(async () => messages().includes('the outbox is relayed again'))
    assert.deepEqual(messages(), ['the outbox is not relayed', 'the outbox is relayed again'])
  })

  it('starts before the broker is there, outlives its loss, and adds what was committed meanwhile once', async t => {
    const { relay, add, isEmpty, prefix, work, untilRun, names } = await startOutbox(t)
    const broker = await proxyTo(t, amqpUrl())
    await broker.cut()
    const { logger, messages } = recordLines()
    const times = { connectTimeoutMs: 500, leaseMs: 2_000, minBackoffMs: 50, maxBackoffMs: 200 }
    const working = relay({ amqpUrl: broker.url, prefix, logger, ...times })
    await assert.rejects(working.check(), { code: 'ERR_CONNECT' })
    await add('early')
    await until(async () => messages().includes('the outbox is not relayed'))
    await broker.restore()
    await until(isEmpty)
    await working.check()
    await broker.cut()
    await add('meanwhile', 'meanwhile, too')
    await until(
      async () => messages().filter(message => message === 'the outbox is not relayed').length === 2,
    )
    assert.equal(await isEmpty(), false)
    await broker.restore()
    await until(isEmpty)
    work()
    await add('the last')
    await untilRun(4)
    assert.deepEqual(names().sort(), ['early', 'meanwhile', 'meanwhile, too', 'the last'])
  })

  it('says once that the broker is away, and waits, also while another relay has the queue', async t => {
    const { store, add, isEmpty } = await startOutbox(t)
    let refusals = 0
    let attempts = 0
    let isAway = true
    const takeLease = async (...args: Parameters<typeof store.takeLease>) => {
      const isTaken = await store.takeLease(...args)
      if (!isTaken) refusals += 1
      return isTaken
    }
    const unsteady = {
      check: async () => undefined,
      queueOfCheckedJobs: () => ({
        async addBulk() {
          attempts += 1
          const before = refusals
          // The other relay finds the queue taken each time.
          await until(async () => refusals > before || !isAway)
          if (isAway) throw new WorkerKitError('ERR_ADD_UNCONFIRMED', 'the broker is away')
        },
      }),
    } as unknown as Producer
    const logs = [recordLines(), recordLines()]
    const outbox = createOutbox({ store: { ...store, takeLease } })
    for (const { logger } of logs) {
      const times = { minBackoffMs: 20, maxBackoffMs: 40, pollIntervalMs: 20 }
      const relay = outbox.relay({ producer: unsteady, logger, ...times })
      onEnd(t, () => relay.close())
    }
    await add('ada')
    const said = () => logs.map(({ messages }) => messages())
    await until(async () => attempts > 30 && said().every(messages => messages.length > 0))
    assert.deepEqual(said(), [['the outbox is not relayed'], ['the outbox is not relayed']])
    isAway = false
    await until(isEmpty)
    await until(async () => said().every(messages => messages.length === 2))
  })

  it('is closed within its time limit, twice, also while the broker does not confirm', async t => {
    const { relay, add, outbox } = await startOutbox(t)
    const asked = Promise.withResolvers<void>()
    const silent = {
      check: async () => undefined,
      queueOfCheckedJobs: () => ({
        addBulk() {
          asked.resolve()
          return new Promise(() => undefined)
        },
      }),
    } as unknown as Producer
    const stuck = relay({ producer: silent, leaseMs: 1_000 })
    await add('ada')
    await asked.promise
    const began = performance.now()
    await Promise.all([stuck.close({ timeoutMs: 100 }), stuck.close({ timeoutMs: 100 })])
    assert.ok(performance.now() - began < 5_000)
    assert.equal((await outbox.stats()).rows, 1)
  })

  it('refuses options that are out of range, each by its name', async t => {
    const { outbox, pool } = await startOutbox(t)
    const wrong = { pollIntervalMs: 0, leaseMs: 5, batchSize: 1.5, amqpUrl: 7, polling: true }
    assert.throws(() => outbox.relay(wrong as never), {
      code: 'ERR_INVALID_DEFINITION',
      message: /pollIntervalMs: .*batchSize: .*leaseMs: .*amqpUrl: .*polling: /,
    })
    assert.throws(() => outbox.relay({} as never), /amqpUrl/)
    assert.throws(() => createOutbox({ store: {} as never }), /store: expected a store/)
    assert.throws(() => mysql2Store(pool, { table: 'a; DROP TABLE users' }), /table: expected/)
    assert.throws(() => mysql2Store({} as never), /pool: expected a pool of mysql2/)
  })
})
