import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMysqlDatabase, onEnd, proxyTo } from '@jackalope/local-servers/testing'
import { createPool } from 'mysql2/promise'
import { Registry } from 'prom-client'
import { observeOutbox } from '../../src/metrics/index.ts'
import { createOutbox, mysql2Store } from '../../src/outbox/index.ts'
import { greet, inTransaction } from '../outbox/support/guests.ts'
import { parseMetrics, sampleOf } from '../support/parse-metrics.ts'

test('an outbox tells how many jobs wait and for how long; nothing while its database is away', async t => {
  const { url } = await createMysqlDatabase(t)
  const proxy = await proxyTo(t, url)
  const pool = createPool({ uri: proxy.url, connectTimeout: 1_000 })
  onEnd(t, () => pool.end())
  const store = mysql2Store(pool)
  const outbox = createOutbox({ store })
  await outbox.migrate()
  const register = new Registry()
  observeOutbox(outbox, { register })
  const scrape = async () => {
    const families = parseMetrics(await register.metrics())
    return ['jobs', 'failed_jobs', 'oldest_due_seconds'].map(name =>
      sampleOf(families, `worker_kit_outbox_${name}`),
    )
  }
  await inTransaction(pool, async transaction => {
    await outbox.add(greet, { name: 'ada' }, { transaction })
    await outbox.add(greet, { name: 'later' }, { transaction, delay: 3_600_000 })
  })
  const [row] = await store.dueRows(greet.name, { limit: 1, maxBytes: 1 })
  await store.postpone(row?.key ?? 0, { delayMs: 1, reason: 'a test' })
  const [jobs, failed, seconds = Number.NaN] = await scrape()
  assert.deepEqual([jobs, failed], [2, 1])
  assert.ok(seconds >= 0 && seconds < 60)
  await proxy.cut()
  assert.deepEqual(await scrape(), [undefined, undefined, undefined])
  await proxy.restore()
  assert.equal((await scrape())[0], 2)
})
