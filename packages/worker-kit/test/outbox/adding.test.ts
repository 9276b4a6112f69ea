import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { until } from '@jackalope/local-servers/testing'
import type { Telemetry } from 'bullmq'
import { defineJob } from '../../src/job/index.ts'
import { createOutbox, mysql2Store, type OutboxJobOptions } from '../../src/outbox/index.ts'
import { brokerAdmin, readyCount } from '../support/broker-admin.ts'
import { greet, inTransaction, startOutbox } from './support/guests.ts'

describe('A job that is added to an outbox', () => {
  it('is refused with everything in its transaction, when a relay could never add it', async t => {
    const { outbox, pool, store } = await startOutbox(t)
    const refusal = (data: unknown, options: object = {}, from = outbox) =>
      inTransaction(pool, transaction =>
        from.add(greet, data as { name: string }, { ...(options as OutboxJobOptions), transaction }),
      ).then(
        () => assert.fail('it was added'),
        ({ code, message }) => `${code}: ${message}`,
      )
    const name = 'ada'
    assert.match(await refusal({ name: 7 }), /^ERR_INVALID_PAYLOAD: .*name: /)
    assert.match(await refusal({ name, number: 1n }), /^ERR_INVALID_PAYLOAD: .*BigInt/)
    assert.match(await refusal({ name }, { jobId: 'a:b' }), /^ERR_INVALID_OPTIONS: .*jobId/)
    assert.match(await refusal({ name }, { jobId: 'é'.repeat(200) }), /^ERR_INVALID_OPTIONS: .*255 bytes/)
    assert.match(await refusal({ name }, { delay: -1 }), /^ERR_INVALID_OPTIONS: .*delay: /)
    assert.match(await refusal({ name }, { attempts: 'many' }), /^ERR_INVALID_OPTIONS: .*attempts/)
    for (const [option, value] of Object.entries({ priority: 1, lifo: true, deduplication: { id: 'a' } }))
      assert.match(
        await refusal({ name }, { [option]: value }),
        new RegExp(`^ERR_NEEDS_RECORD: .*"${option}".*a job of an outbox has none`),
      )
    const withoutTransaction = outbox.add as unknown as (...given: unknown[]) => Promise<unknown>
    await assert.rejects(withoutTransaction(greet, { name }), {
      message: /transaction: .*Give the transaction/,
    })
    await assert.rejects(withoutTransaction(undefined, { name }), { code: 'ERR_INVALID_DEFINITION' })
    const small = createOutbox({ store, maxMessageBytes: 10_000 })
    assert.match(await refusal({ name: 'x'.repeat(10_000) }, {}, small), /^ERR_JOB_TOO_LARGE: /)
    assert.equal((await outbox.stats()).rows, 0)
  })

  it('is discarded by a list of ids only: nothing else can be meant by them', async t => {
    const { outbox } = await startOutbox(t)
    for (const ids of [undefined, '17', [17], { ids: ['17'] }])
      await assert.rejects(outbox.discard(ids as never), {
        code: 'ERR_INVALID_DEFINITION',
        message: /^discard: ids: expected a list of ids, got /,
      })
    await assert.rejects(outbox.retry('17' as never), { message: /^retry: ids: / })
    assert.equal(await outbox.discard(['17']), 0)
  })

  it('has the options of its definition, overridden by its own, when it runs', async t => {
    const { outbox, pool, relay, kit } = await startOutbox(t)
    const backoff = { type: 'exponential', delayMs: 2_000, maxDelayMs: 4_000 } as const
    const retried = defineJob({ name: 'other', input: greet.input, attempts: 5, backoff })
    relay()
    kit.work(retried, async () => undefined)
    const timestamp = Date.now() - 60_000
    const [{ id }] = await inTransaction(pool, transaction =>
      Promise.all([
        outbox.add(retried, { name: 'ada' }, { transaction, jobId: 'for-ada', attempts: 3, timestamp }),
      ]),
    )
    assert.equal(id, 'for-ada')
    const job = await until(() => kit.queue(retried).getJob(id))
    assert.equal(job.timestamp, timestamp)
    assert.equal(job.opts.attempts, 3)
    assert.deepEqual(job.opts.backoff, { type: 'capped' })
    assert.deepEqual(job.opts.removeOnFail, { age: 30 * 24 * 3_600 })
  })

  it('runs once when it is added twice under one id', async t => {
    const { outbox, pool, relay, work, untilRun, names, isEmpty } = await startOutbox(t)
    for (const name of ['ada', 'ada again'])
      await inTransaction(pool, transaction => outbox.add(greet, { name }, { transaction, jobId: 'one' }))
    relay()
    work()
    await until(isEmpty)
    await inTransaction(pool, transaction => outbox.add(greet, { name: 'the last' }, { transaction }))
    await untilRun(2)
    await until(async () => names().includes('the last'))
    assert.deepEqual(names(), ['ada', 'the last'])
  })

  it('carries the trace in which it was added', async t => {
    const { pool, store } = await startOutbox(t)
    const span = { setAttributes() {}, setSpanOnContext: () => 'here', recordException() {}, end() {} }
    const telemetry = {
      tracer: { startSpan: () => span },
      contextManager: {
        active: () => '',
        with: (_: string, work: () => unknown) => work(),
        getMetadata: String,
      },
    } as unknown as Telemetry
    const outbox = createOutbox({ store: mysql2Store(pool), telemetry })
    await inTransaction(pool, transaction => outbox.add(greet, { name: 'ada' }, { transaction }))
    const [row] = await store.dueRows('greet', { limit: 1, maxBytes: 1_000 })
    assert.deepEqual(JSON.parse(row?.options ?? '').telemetry, { metadata: 'here' })
  })

  it('is one of 10,000 that one relay adds, without holding all of them in memory', async t => {
    const { outbox, pool, relay, isEmpty, prefix } = await startOutbox(t)
    const jobs = Array.from({ length: 10_000 }, (_, index) => ({ data: { name: `guest ${index}` } }))
    await inTransaction(pool, transaction => outbox.addBulk(greet, jobs, { transaction }))
    const before = process.memoryUsage().rss
    let most = 0
    relay({ batchSize: 100 })
    await until(async () => {
      most = Math.max(most, process.memoryUsage().rss)
      return isEmpty()
    })
    const admin = await brokerAdmin(t)
    await until(async () => (await readyCount(admin, `${prefix}:greet`)) === 10_000)
    assert.ok(most - before < 200e6, `${Math.round((most - before) / 1e6)} MB more`)
  })
})
