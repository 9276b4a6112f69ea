import { createMysqlDatabase, onEnd } from '@jackalope/local-servers/testing'
import { createPool, type Pool, type PoolConnection } from 'mysql2'
import { createPool as createPromisePool } from 'mysql2/promise'
import { Sequelize } from 'sequelize'
import { mysql2Store, sequelizeStore } from '../../../src/outbox/index.ts'
import { testStore } from '../store-suite.ts'

testStore('An outbox on a pool of mysql2/promise', async t => {
  const { url } = await createMysqlDatabase(t)
  // Settings that a user's pool may have, and that must not matter.
  const pool = createPromisePool({
    uri: url,
    rowsAsArray: true,
    namedPlaceholders: true,
    timezone: '+05:00',
    dateStrings: true,
  })
  onEnd(t, () => pool.end())
  return {
    tellsOfCommits: true,
    store: table => mysql2Store(pool, { table }),
    async transaction(work) {
      const connection = await pool.getConnection()
      try {
        await connection.query("SET time_zone = '-08:00'")
        await connection.beginTransaction()
        const result = await work(connection)
        await connection.commit()
        return result
      } catch (error) {
        await connection.rollback()
        throw error
      } finally {
        connection.release()
      }
    },
  }
})

testStore('An outbox on a pool of mysql2 with callbacks', async t => {
  const { url } = await createMysqlDatabase(t)
  const pool = createPool({ uri: url, bigNumberStrings: true, supportBigNumbers: true, decimalNumbers: true })
  onEnd(t, () => pool.promise().end())
  return {
    tellsOfCommits: true,
    store: table => mysql2Store(pool, { table }),
    transaction: work => inTransaction(pool, work),
  }
})

testStore('An outbox on Sequelize with MariaDB', async t => {
  const { url } = await createMysqlDatabase(t)
  const sequelize = new Sequelize(url, { dialect: 'mysql', logging: false })
  onEnd(t, () => sequelize.close())
  return {
    tellsOfCommits: true,
    store: table => sequelizeStore(sequelize, { table }),
    transaction: work => sequelize.transaction(work),
  }
})

/** Runs work in a transaction by callbacks. */
async function inTransaction<T>(pool: Pool, work: (connection: PoolConnection) => Promise<T>): Promise<T> {
  const connection = await called<PoolConnection>(done => pool.getConnection(done))
  try {
    await called<void>(done => connection.beginTransaction(error => done(error)))
    const result = await work(connection)
    await called<void>(done => connection.commit(error => done(error)))
    return result
  } catch (error) {
    await called<void>(done => connection.rollback(() => done(null)))
    throw error
  } finally {
    connection.release()
  }
}

function called<T>(call: (done: (error: Error | null, result: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, result) => (error ? reject(error) : resolve(result)))
  })
}
