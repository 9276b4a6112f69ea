import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { startMariadb } from '@jackalope/local-servers'
import { createMysqlDatabase, onEnd, proxyTo, temporaryFolder, until } from '@jackalope/local-servers/testing'
import type { HttpProblem } from '@jackalope/service-kit'
import type { RowDataPacket } from 'mysql2/promise'
import { openDatabase } from '../../src/database/database.ts'
import { type AuthProcess, startAuthProcess } from '../support/auth-process.ts'
import { ada, problemOf } from '../support/test-auth.ts'

/** Longest time until a client gets its 503, in milliseconds. The service allows 5 seconds; a busy machine adds to them. */
const promptMs = 15_000

async function assertUnavailable(request: () => Promise<Response>): Promise<void> {
  const startedAt = performance.now()
  const response = await request()
  const tookMs = performance.now() - startedAt
  assert.equal(response.status, 503)
  assert.equal(response.headers.get('retry-after'), '5')
  assert.equal((await problemOf(response)).code, 'unavailable')
  assert.ok(tookMs < promptMs, `took ${tookMs} ms`)
}

/** Asks until the answer has that status. */
async function eventually(status: number, request: () => Promise<Response>): Promise<void> {
  await until(async () => (await request()).status === status)
}

/** What must hold while the database is away, for any reason. */
async function assertDown(auth: AuthProcess): Promise<void> {
  await assertUnavailable(() => auth.login(ada.email, ada.password))
  await assertUnavailable(() => auth.register({ ...ada, email: 'bob@example.com' }))
  const ready = await auth.get('/readyz')
  assert.equal(ready.status, 503)
  assert.partialDeepStrictEqual(await ready.json(), { status: 'not ready', checks: { mysql: 'down' } })
  assert.equal((await auth.get('/healthz')).status, 200)
}

describe('While the database is away, auth', () => {
  it('starts, answers 503, and is ready by itself once the database is there', async t => {
    const database = await createMysqlDatabase(t)
    const proxy = await proxyTo(t, database.url)
    await proxy.cut()
    const auth = await startAuthProcess(t, { MYSQL_URL: proxy.url })
    await auth.logged('waiting for the user database')
    await assertDown(auth)
    await proxy.restore()
    await auth.logged('ready')
    assert.equal((await auth.get('/readyz')).status, 200)
    assert.equal((await auth.register(ada)).status, 201)
  })

  it('stops at once when it is told to while it waits', async t => {
    const database = await createMysqlDatabase(t)
    const proxy = await proxyTo(t, database.url)
    await proxy.cut()
    const auth = await startAuthProcess(t, { MYSQL_URL: proxy.url })
    await auth.logged('waiting for the user database')
    auth.child.kill('SIGTERM')
    assert.equal((await auth.ended).code, 0)
  })

  it('survives cut connections and recovers alone', async t => {
    const database = await createMysqlDatabase(t)
    const proxy = await proxyTo(t, database.url)
    const auth = await startAuthProcess(t, { MYSQL_URL: proxy.url })
    await auth.logged('ready')
    await auth.register(ada)
    await proxy.cut()
    await assertDown(auth)
    // More attempts than lock an account. They do not count, since the password could not be checked.
    for (let attempt = 0; attempt < 25; attempt += 1)
      await assertUnavailable(() => auth.login(ada.email, ada.password))
    await proxy.restore()
    await eventually(200, () => auth.login(ada.email, ada.password))
    assert.equal((await auth.get('/readyz')).status, 200)
  })

  it('survives a database that takes connections and does not answer', async t => {
    const database = await createMysqlDatabase(t)
    const proxy = await proxyTo(t, database.url)
    const auth = await startAuthProcess(t, { MYSQL_URL: proxy.url })
    await auth.logged('ready')
    await auth.register(ada)
    proxy.freeze()
    // More queries than the pool has connections: no connection may stay occupied by a hanging query.
    await Promise.all(
      Array.from({ length: 15 }, (_, index) =>
        assertUnavailable(() => auth.login(`${index}@example.com`, 'wrong')),
      ),
    )
    await assertDown(auth)
    await proxy.restore()
    await eventually(200, () => auth.login(ada.email, ada.password))
  })

  it('gives up connections on which nothing comes any more, and opens new ones', async t => {
    const database = await createMysqlDatabase(t)
    const proxy = await proxyTo(t, database.url)
    const auth = await startAuthProcess(t, { MYSQL_URL: proxy.url })
    await auth.logged('ready')
    await auth.register(ada)
    // These requests open all connections of the pool.
    await Promise.all(Array.from({ length: 40 }, (_, index) => auth.login(`${index}@example.com`, 'wrong')))
    proxy.forget()
    // Each of these occupies one connection; the database may still answer some on new connections.
    await Promise.all(Array.from({ length: 15 }, (_, index) => auth.login(`${index}@example.com`, 'wrong')))
    await eventually(200, () => auth.login(ada.email, ada.password))
  })

  it('goes on validating tokens', async t => {
    const database = await createMysqlDatabase(t)
    const proxy = await proxyTo(t, database.url)
    const auth = await startAuthProcess(t, { MYSQL_URL: proxy.url })
    await auth.logged('ready')
    await auth.register(ada)
    const token = await (await auth.login(ada.email, ada.password, { Accept: 'text/plain' })).text()
    await proxy.cut()
    assert.equal((await auth.get('/validate', { Authorization: `Bearer ${token}` })).status, 200)
  })

  it('outlives a real server that is stopped and started, and keeps its users', async t => {
    const mariadb = await startMariadb({ dir: await temporaryFolder(t) })
    onEnd(t, () => mariadb.stop())
    const auth = await startAuthProcess(t, { MYSQL_URL: mariadb.url })
    await auth.logged('ready')
    await auth.register(ada)
    await mariadb.stop()
    await assertDown(auth)
    await mariadb.start()
    await eventually(200, () => auth.login(ada.email, ada.password))
    await mariadb.kill()
    await assertDown(auth)
    await mariadb.start()
    await eventually(200, () => auth.login(ada.email, ada.password))
    auth.child.kill('SIGTERM')
    assert.equal((await auth.ended).code, 0)
  })
})

describe('openDatabase', () => {
  it('turns a query whose connection breaks under it into a 503', async t => {
    const { url, connection } = await createMysqlDatabase(t)
    const proxy = await proxyTo(t, url)
    const database = openDatabase(proxy.url)
    onEnd(t, () => database.close())
    await database.prepare(new AbortController().signal)
    const broken = assert.rejects(
      database.run(() => database.sequelize.query('SELECT SLEEP(2) AS under_way')),
      (error: HttpProblem) => error.status === 503,
    )
    const isUnderWay = async () => {
      const [rows] = await connection.query<RowDataPacket[]>('SHOW PROCESSLIST')
      return rows.some(({ db, Info }) => url.endsWith(`/${db}`) && Info?.includes('under_way'))
    }
    await until(isUnderWay)
    await proxy.cut()
    await broken
  })

  it('closes within its time limit while the database is frozen under a query', async t => {
    const { url, connection } = await createMysqlDatabase(t)
    const proxy = await proxyTo(t, url)
    const database = openDatabase(proxy.url)
    await database.prepare(new AbortController().signal)
    const frozen = assert.rejects(database.run(() => database.sequelize.query('SELECT SLEEP(1) AS frozen')))
    await until(async () => {
      const [rows] = await connection.query<RowDataPacket[]>('SHOW PROCESSLIST')
      return rows.some(({ db, Info }) => url.endsWith(`/${db}`) && Info?.includes('frozen'))
    })
    proxy.freeze()
    const startedAt = performance.now()
    await database.close().catch(() => undefined)
    assert.ok(performance.now() - startedAt < promptMs)
    await frozen
  })

  it('leaves a fault in a query what it is', async t => {
    const { url } = await createMysqlDatabase(t)
    const database = openDatabase(url)
    onEnd(t, () => database.close())
    await database.prepare(new AbortController().signal)
    await assert.rejects(
      database.run(() => database.sequelize.query('SELECT nonsense')),
      { name: 'SequelizeDatabaseError' },
    )
  })
})
