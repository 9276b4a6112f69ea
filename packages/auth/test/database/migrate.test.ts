import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createMysqlDatabase, type TestDatabase } from '@jackalope/local-servers/testing'
import type { RowDataPacket } from 'mysql2/promise'
import { migrate } from '../../src/database/migrate.ts'
import { migrations } from '../../src/database/migrations/index.ts'
import type { Migration } from '../../src/database/migrations/migration.ts'
import { startAuthProcess } from '../support/auth-process.ts'

const { signal } = new AbortController()

async function namesIn({ connection }: TestDatabase): Promise<string[]> {
  const [rows] = await connection.query<RowDataPacket[]>('SELECT name FROM migrations ORDER BY name')
  return rows.map(({ name }) => name)
}

describe('migrate', () => {
  it('makes tables in utf8mb4 where the database has another character set', async t => {
    const database = await createMysqlDatabase(t)
    await migrate(database.url, { signal })
    const [rows] = await database.connection.query<RowDataPacket[]>(
      'SELECT table_name AS name, table_collation AS collation FROM information_schema.tables WHERE table_schema = DATABASE()',
    )
    assert.ok(rows.some(({ name }) => name === 'users'))
    for (const { collation } of rows) assert.match(collation, /^utf8mb4_/)
  })

  it('runs each migration once, in order, and tells which it ran', async t => {
    const database = await createMysqlDatabase(t)
    const ran: string[] = []
    const steps = ['1-first', '2-second', '3-third'].map(
      (name): Migration => ({ name, up: async () => ran.push(name) }),
    )
    assert.deepEqual(await migrate(database.url, { signal, migrations: steps.slice(0, 2) }), [
      '1-first',
      '2-second',
    ])
    assert.deepEqual(await migrate(database.url, { signal, migrations: steps }), ['3-third'])
    assert.deepEqual(await migrate(database.url, { signal, migrations: steps }), [])
    assert.deepEqual(ran, ['1-first', '2-second', '3-third'])
  })

  it('lets one of several at once run a migration and the others wait for it', async t => {
    const database = await createMysqlDatabase(t)
    // The step fails when it runs twice. It takes so long that the other process arrives before it ends.
    const slow: Migration = {
      name: '1-slow',
      async up(connection) {
        await connection.query('SELECT SLEEP(0.3)')
        await connection.query('CREATE TABLE once_only (id INT PRIMARY KEY)')
      },
    }
    const runs = await Promise.all([1, 2, 3].map(() => migrate(database.url, { signal, migrations: [slow] })))
    assert.deepEqual(runs.flat(), ['1-slow'])
    assert.deepEqual(await namesIn(database), ['1-slow'])
  })

  it('tries a failed migration again next time, and gives the lock back', async t => {
    const database = await createMysqlDatabase(t)
    let attempts = 0
    const flaky: Migration = {
      name: '1-flaky',
      async up() {
        attempts += 1
        if (attempts === 1) throw new Error('not yet')
      },
    }
    await assert.rejects(migrate(database.url, { signal, migrations: [flaky] }), /not yet/)
    assert.deepEqual(await namesIn(database), [])
    assert.deepEqual(await migrate(database.url, { signal, migrations: [flaky] }), ['1-flaky'])
  })

  it('stops waiting for the lock when it is told to', async t => {
    const database = await createMysqlDatabase(t)
    const [[row]] = await database.connection.query<RowDataPacket[]>(
      `SELECT GET_LOCK(CONCAT('jackalope-auth:', SHA1(DATABASE())), 0) AS taken`,
    )
    assert.equal(row?.taken, 1)
    const stopping = new AbortController()
    const waiting = migrate(database.url, { signal: stopping.signal })
    stopping.abort(new Error('shutting down'))
    await assert.rejects(waiting, /shutting down/)
  })
})

describe('Two processes of auth that start at once on an empty database', () => {
  it('both come up, and the migrations ran once', async t => {
    const database = await createMysqlDatabase(t)
    const both = await Promise.all([1, 2].map(() => startAuthProcess(t, { MYSQL_URL: database.url })))
    await Promise.all(both.map(({ logged }) => logged('ready')))
    const messages = both.flatMap(({ lines }) => lines.map(({ msg }) => msg))
    assert.equal(messages.filter(message => message === 'tables brought up to date').length, 1)
    assert.ok(!messages.includes('waiting for the user database'))
    assert.deepEqual(
      await namesIn(database),
      migrations.map(({ name }) => name),
    )
    for (const { get } of both) assert.equal((await get('/readyz')).status, 200)
  })
})
