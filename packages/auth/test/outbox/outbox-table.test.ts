import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMysqlDatabase, onEnd } from '@jackalope/local-servers/testing'
import type { RowDataPacket } from 'mysql2/promise'
import { openDatabase } from '../../src/database/database.ts'
import { migrate } from '../../src/database/migrate.ts'
import { migrations } from '../../src/database/migrations/index.ts'
import { createAuthOutbox } from '../../src/outbox/auth-outbox.ts'

const { signal } = new AbortController()

test("the migration makes the tables that worker-kit's outbox needs", async t => {
  const [ours, theirs] = [await createMysqlDatabase(t), await createMysqlDatabase(t)]
  await migrate(ours.url, { signal })
  const { sequelize } = openDatabase(theirs.url)
  onEnd(t, () => sequelize.close())
  await createAuthOutbox(sequelize).migrate()
  for (const table of ['jobs_outbox', 'jobs_outbox_leases']) {
    const [mine, needed] = await Promise.all(
      [ours, theirs].map(async ({ connection }) => {
        const [[row]] = await connection.query<RowDataPacket[]>(`SHOW CREATE TABLE ${table}`)
        return row?.['Create Table']
      }),
    )
    assert.equal(mine, needed)
  }
})

test('jobs that wait in the table of before move over, also when the migration broke off', async t => {
  const { url, connection } = await createMysqlDatabase(t)
  const place = migrations.findIndex(({ name }) => name === '2026-11-29-worker-kit-outbox')
  assert.ok(place > 0)
  await migrate(url, { signal, migrations: migrations.slice(0, place) })
  const row = `(?, 'account.erase', 'account.erase', '{"userId":"u"}', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) + INTERVAL ? HOUR)`
  await connection.query(
    `INSERT INTO outbox (id, queue, job_name, payload, created_at, due_at) VALUES ${row}, ${row}`,
    ['now', 0, 'later', 24],
  )
  await connection.query('RENAME TABLE outbox TO outbox_before')
  await migrate(url, { signal })
  const database = openDatabase(url)
  onEnd(t, () => database.close())
  const outbox = createAuthOutbox(database.sequelize)
  const { rows } = await outbox.stats()
  assert.equal(rows, 2)
  const [kept] = await connection.query<RowDataPacket[]>(
    `SELECT job_id AS id, queue, payload, ROUND(TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), due_at) / 3600) AS hours
     FROM jobs_outbox ORDER BY due_at`,
  )
  assert.deepEqual(
    kept.map(({ id, queue, payload, hours }) => [id, queue, payload, Number(hours)]),
    [
      ['now', 'account.erase', '{"userId":"u"}', 0],
      ['later', 'account.erase', '{"userId":"u"}', 24],
    ],
  )
  const [before] = await connection.query<RowDataPacket[]>("SHOW TABLES LIKE 'outbox%'")
  assert.deepEqual(before, [])
})
