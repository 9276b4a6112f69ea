// What every store must do, whatever its database and client. A file beside this one runs it for each.

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it, type TestContext } from 'node:test'
import { until } from '@jackalope/local-servers/testing'
import { z } from 'zod'
import { WorkerKitError } from '../../src/errors.ts'
import { defineJob } from '../../src/job/index.ts'
import { silentLogger } from '../../src/logger.ts'
import { createOutbox, type OutboxRow, type OutboxStore } from '../../src/outbox/index.ts'
import { Relay } from '../../src/outbox/relay.ts'

/** A database of the test's own, as its user has it. */
export interface OutboxDatabase<Transaction> {
  /** A store on the tables of that name; the tables may be missing. */
  store(table: string): OutboxStore<Transaction>
  /** Runs work in a transaction of the user's own client: commits, or rolls back if the work fails. */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>
  /** Whether a commit wakes the relays of the process. */
  tellsOfCommits: boolean
}

export const greet = defineJob({ name: 'greet', input: z.object({ name: z.string() }), attempts: 3 })
const other = defineJob({ name: 'other', input: z.object({ name: z.string() }) })
const limits = { limit: 500, maxBytes: 1_000_000 }
const hourMs = 3_600_000
const relayTimes = {
  ...{ pollIntervalMs: 50, batchSize: 7, maxBatchBytes: 1_000_000, leaseMs: 30_000 },
  ...{ minBackoffMs: 50, maxBackoffMs: 1_000 },
}

export function testStore<Transaction>(
  title: string,
  open: (t: TestContext) => Promise<OutboxDatabase<Transaction>>,
): void {
  async function setup(t: TestContext) {
    const database = await open(t)
    const store = database.store(`outbox_${randomUUID().replaceAll('-', '')}`)
    const outbox = createOutbox({ store })
    await outbox.migrate()
    const namesOf = async (queue = greet.name, some = limits) =>
      (await store.dueRows(queue, some)).map(({ payload }) => JSON.parse(payload).name as string)
    return {
      ...{ store, outbox, namesOf },
      transaction: database.transaction,
      tellsOfCommits: database.tellsOfCommits,
      add: (name: string, options: { delay?: number; jobId?: string } = {}) =>
        database.transaction(transaction => outbox.add(greet, { name }, { transaction, ...options })),
    }
  }

  describe(title, () => {
    it('has a job when its transaction commits, not before, and none when it rolls back', async t => {
      const { outbox, transaction, namesOf } = await setup(t)
      await transaction(async transaction => {
        await outbox.add(greet, { name: 'ada' }, { transaction })
        assert.deepEqual(await namesOf(), [])
      })
      assert.deepEqual(await namesOf(), ['ada'])
      const undone = transaction(async transaction => {
        await outbox.add(greet, { name: 'undone' }, { transaction })
        throw new Error('changed my mind')
      })
      await assert.rejects(undone, /changed my mind/)
      assert.deepEqual(await namesOf(), ['ada'])
      assert.equal((await outbox.stats()).rows, 1)
    })

    it('keeps every character of a payload and of an id, and the options', async t => {
      const { outbox, transaction, store, namesOf } = await setup(t)
      const name = `? :name $1 '" \\ \\' \0 \u{1F407} é \u2028 $$NOW {$gt: 1} -- ;`
      const jobId = "it's? $1 é"
      await transaction(transaction =>
        outbox.add(
          greet,
          { name },
          { transaction, jobId, removeOnComplete: true, timestamp: 1_700_000_000_000 },
        ),
      )
      assert.deepEqual(await namesOf(), [name])
      const [row] = await store.dueRows(greet.name, limits)
      assert.equal(row?.jobId, jobId)
      assert.deepEqual(JSON.parse(row?.options ?? ''), {
        attempts: 3,
        removeOnComplete: true,
        removeOnFail: { age: 30 * 24 * 3_600 },
        timestamp: 1_700_000_000_000,
      })
    })

    it('gives rows in the order in which they were added, also 1,200 of one statement', async t => {
      const { outbox, transaction, namesOf, store, add } = await setup(t)
      const names = Array.from({ length: 1_200 }, (_, index) => `guest ${index}`)
      await add('first')
      const ids = await transaction(transaction =>
        outbox.addBulk(
          greet,
          names.map(name => ({ data: { name } })),
          { transaction },
        ),
      )
      await add('last')
      const all = await namesOf(greet.name, { limit: 2_000, maxBytes: 1_000_000 })
      assert.deepEqual(all, ['first', ...names, 'last'])
      const rows = await store.dueRows(greet.name, limits)
      assert.equal(rows.length, 500)
      assert.deepEqual(
        rows.slice(1).map(({ jobId }) => jobId),
        ids.slice(0, 499).map(({ id }) => id),
      )
      await store.remove(rows.map(({ key }) => key))
      assert.equal((await namesOf())[0], 'guest 499')
      assert.deepEqual(await store.counts(), { rows: 702, failed: 0 })
    })

    it('gives as many rows as fit, and one that is larger', async t => {
      const { namesOf, add } = await setup(t)
      for (const length of [100, 100, 5_000]) await add('x'.repeat(length))
      assert.equal((await namesOf(greet.name, { limit: 10, maxBytes: 1_000 })).length, 2)
      assert.equal((await namesOf(greet.name, { limit: 10, maxBytes: 1 })).length, 1)
    })

    it('holds back a job with a delay, and tells when the first job of each queue is due', async t => {
      const { outbox, transaction, store, namesOf, add } = await setup(t)
      await add('later', { delay: hourMs })
      await transaction(transaction => outbox.add(other, { name: 'now' }, { transaction }))
      assert.deepEqual(await namesOf(), [])
      const [first, second] = await store.queues()
      assert.equal(first?.queue, 'other')
      assert.ok((first?.dueInMs ?? 1) <= 0)
      assert.equal(second?.queue, 'greet')
      const inMs = second?.dueInMs ?? 0
      assert.ok(inMs > hourMs - 60_000 && inMs <= hourMs, `${inMs} ms`)
      assert.ok((await outbox.stats()).oldestDueMs < 60_000)
      await add('soon', { delay: 50 })
      await until(async () => (await namesOf())[0] === 'soon')
    })

    it('lends a queue to one relay at a time, until the relay gives it back or its time is over', async t => {
      const { store } = await setup(t)
      const [one, two] = [randomUUID(), randomUUID()]
      assert.equal(await store.takeLease('greet', one, hourMs), true)
      assert.equal(await store.takeLease('greet', two, hourMs), false)
      assert.equal(await store.takeLease('other', two, hourMs), true)
      assert.equal(await store.takeLease('greet', one, hourMs), true)
      await store.releaseLease('greet', two)
      assert.equal(await store.takeLease('greet', two, hourMs), false)
      await store.releaseLease('greet', one)
      assert.equal(await store.takeLease('greet', two, 50), true)
      await until(() => store.takeLease('greet', one, hourMs))
      const relays = Array.from({ length: 8 }, () => store.takeLease('new', randomUUID(), hourMs))
      assert.equal((await Promise.all(relays)).filter(Boolean).length, 1)
    })

    it('shows failed jobs with the reason, and tries or discards them when asked to', async t => {
      const { outbox, store, namesOf, add } = await setup(t)
      const { id } = await add('bad')
      await add('worse', { jobId: 'worse' })
      await add('good')
      const [bad, worse] = await store.dueRows(greet.name, limits)
      for (const key of [bad?.key ?? '', worse?.key ?? ''])
        await store.postpone(key, { delayMs: hourMs, reason: `too large: ${'x'.repeat(5_000)}` })
      assert.deepEqual(await namesOf(), ['good'])
      const failures = await outbox.failures()
      assert.deepEqual(
        failures.map(failure => [failure.id, failure.queue, failure.failures]),
        [
          [id, 'greet', 1],
          ['worse', 'greet', 1],
        ],
      )
      const [first] = failures
      assert.match(first?.reason ?? '', /^too large: x+$/)
      assert.equal(first?.reason.length, 1_000)
      assert.ok(Math.abs((first?.createdAt.getTime() ?? 0) - Date.now()) < 60_000)
      assert.ok(Math.abs((first?.dueAt.getTime() ?? 0) - Date.now() - hourMs) < 60_000)
      assert.deepEqual(await store.counts(), { rows: 3, failed: 2 })
      assert.equal(await outbox.retry([id, 'unknown']), 1)
      assert.deepEqual((await namesOf()).sort(), ['bad', 'good'])
      assert.equal(await outbox.retry(), 2)
      assert.equal((await namesOf()).length, 3)
      assert.equal(await outbox.discard(['worse', 'unknown']), 1)
      assert.deepEqual(await store.counts(), { rows: 2, failed: 1 })
    })

    it('is made by several processes at once, again, and by its statements alone', async t => {
      const database = await open(t)
      const name = () => `outbox_${randomUUID().replaceAll('-', '')}`
      const [shared, own] = [name(), name()]
      await Promise.all(Array.from({ length: 4 }, () => database.store(shared).migrate()))
      await database.store(shared).migrate()
      assert.deepEqual(await database.store(shared).queues(), [])
      assert.ok(database.store(own).schema.every(statement => statement.includes(own)))
    })

    it('is emptied by two relays, in order, each job once, with failed ones aside', async t => {
      const { store, outbox, add, transaction } = await setup(t)
      const names = Array.from({ length: 60 }, (_, index) => `guest ${index}`)
      await add('bad')
      for (let start = 0; start < names.length; start += 20)
        await transaction(transaction =>
          outbox.addBulk(
            greet,
            names.slice(start, start + 20).map(name => ({ data: { name } })),
            { transaction },
          ),
        )
      const published: string[] = []
      const publish = async (queue: string, rows: readonly OutboxRow[]) => {
        assert.equal(queue, 'greet')
        const batch = rows.map(({ payload }) => JSON.parse(payload).name as string)
        if (batch.includes('bad')) throw new WorkerKitError('ERR_JOB_TOO_LARGE', 'it is bad')
        published.push(...batch)
      }
      const options = { ...relayTimes, store: store as OutboxStore<never>, publish, logger: silentLogger }
      const relays = [new Relay(options), new Relay(options)]
      await until(async () => (await store.counts()).rows === 1 && published.length >= names.length)
      assert.deepEqual(await Promise.all(relays.map(relay => relay.close(30_000))), [true, true])
      assert.deepEqual(published, names)
      assert.deepEqual(
        (await outbox.failures()).map(({ reason }) => reason),
        ['it is bad'],
      )
    })

    it('refuses what is no open transaction', async t => {
      const { outbox } = await setup(t)
      for (const transaction of [undefined, null, {}, 'ada'])
        await assert.rejects(
          outbox.add(greet, { name: 'ada' }, { transaction: transaction as Transaction }),
          {
            code: 'ERR_INVALID_OPTIONS',
            message: /transaction: expected/,
          },
        )
      assert.equal((await outbox.stats()).rows, 0)
    })

    it('tells of a commit', async t => {
      const { store, transaction, tellsOfCommits } = await setup(t)
      if (!tellsOfCommits) return t.skip('this client tells of none')
      const { promise, resolve } = Promise.withResolvers<void>()
      let calls = 0
      const listener = () => {
        calls += 1
        resolve()
      }
      await transaction(async transaction => {
        for (let times = 0; times < 20; times += 1) store.afterCommit(transaction, listener)
        assert.equal(calls, 0)
      })
      await promise
      assert.equal(calls, 1)
    })
  })
}
