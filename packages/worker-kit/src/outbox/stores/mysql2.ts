import type { Pool, PoolConnection } from 'mysql2/promise'
import { expectedGot, hasMethods, refuseFaults } from '../../check-options.ts'
import type { OutboxStore } from '../outbox-store.ts'
import { CommitListeners } from './commit-listeners.ts'
import type { SqlClient, SqlValue } from './sql-client.ts'
import { type StoreOptions, sqlStore } from './sql-store.ts'

/** What the outbox needs of a connection of mysql2, of `mysql2` or `mysql2/promise`. */
export interface Mysql2Connection {
  query(options: { sql: string; values?: unknown }): unknown
}

/** What the outbox needs of a pool of mysql2, of `mysql2` or `mysql2/promise`. */
export interface Mysql2Pool extends Mysql2Connection {
  // biome-ignore lint/suspicious/noExplicitAny: the declarations of mysql2 and of mysql2/promise have no other type in common.
  on(event: any, listener: any): unknown
}

/** An outbox in MySQL or MariaDB, by a pool of mysql2. A transaction is the connection on which it has begun. When a
 *  connection that has added jobs goes back to the pool, the relays of this process wake.
 *  @throws {WorkerKitError} `ERR_INVALID_DEFINITION` */
export function mysql2Store(pool: Mysql2Pool, options?: StoreOptions): OutboxStore<Mysql2Connection> {
  refuseFaults(
    'mysql2Store',
    hasMethods(pool, 'query', 'on') ? [] : [`pool: ${expectedGot('a pool of mysql2', pool)}`],
  )
  return sqlStore(createClient(pool), options)
}

function createClient(pool: Mysql2Pool): SqlClient<Mysql2Connection> {
  const listeners = new CommitListeners()
  pool.on('release', (connection: unknown) => listeners.call(connection))
  const run = async (on: Mysql2Connection, sql: string, values: readonly SqlValue[] = []) => {
    const [result] = await promised(on).query({ ...asUsual, sql, values: [...values] })
    return result as unknown
  }
  return {
    dialect: 'mysql',
    async define(statements) {
      for (const sql of statements) await run(pool, sql)
    },
    select: async (sql, values) => (await run(pool, sql, values)) as Record<string, unknown>[],
    async change(sql, values, transaction) {
      const { affectedRows } = (await run(transaction ?? pool, sql, values)) as { affectedRows: number }
      return affectedRows
    },
    transactionFault: value =>
      hasMethods(value, 'query', 'beginTransaction')
        ? undefined
        : expectedGot('a connection of mysql2', value),
    afterCommit: (transaction, listener) => void listeners.add(coreOf(transaction), listener),
  }
}

/** Against other settings of the pool. */
const asUsual = { rowsAsArray: false, namedPlaceholders: false, nestTables: false, typeCast: true }

/** The promise form of what may have callbacks. */
function promised(on: Mysql2Connection): Pool | PoolConnection {
  const { promise } = on as { promise?: () => unknown }
  return (typeof promise === 'function' ? promise.call(on) : on) as Pool | PoolConnection
}

/** A pool's events carry the connection beneath the promise form. */
function coreOf(connection: Mysql2Connection): object {
  return (connection as { connection?: object }).connection ?? connection
}
