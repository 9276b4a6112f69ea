import { expectedGot, hasMethods, refuseFaults } from '../../check-options.ts'
import type { OutboxStore } from '../outbox-store.ts'
import { CommitListeners } from './commit-listeners.ts'
import { toNumbered } from './numbered-values.ts'
import type { SqlClient } from './sql-client.ts'
import { type StoreOptions, sqlStore } from './sql-store.ts'

/** What the outbox needs of a client of pg. */
export interface PgClient {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[]; rowCount: number | null }>
}

/** What the outbox needs of a pool of pg. */
export interface PgPool extends PgClient {
  on(event: 'release', listener: (error: Error, client: never) => void): unknown
}

/** An outbox in PostgreSQL, by a pool of pg. A transaction is the client on which it has begun. When a client that has
 *  added jobs goes back to the pool, the relays of this process wake.
 *  @throws {WorkerKitError} `ERR_INVALID_DEFINITION` */
export function pgStore(pool: PgPool, options?: StoreOptions): OutboxStore<PgClient> {
  refuseFaults(
    'pgStore',
    hasMethods(pool, 'query', 'on') ? [] : [`pool: ${expectedGot('a pool of pg', pool)}`],
  )
  return sqlStore(createClient(pool), options)
}

function createClient(pool: PgPool): SqlClient<PgClient> {
  const listeners = new CommitListeners()
  pool.on('release', (_error: Error, client: unknown) => listeners.call(client))
  return {
    dialect: 'postgresql',
    async define(statements) {
      for (const sql of statements) await pool.query(sql)
    },
    select: async (sql, values) =>
      (await pool.query(toNumbered(sql), [...values])).rows as Record<string, unknown>[],
    async change(sql, values, transaction) {
      const { rowCount } = await (transaction ?? pool).query(toNumbered(sql), [...values])
      return rowCount ?? 0
    },
    transactionFault: value => {
      if (value === pool) return 'expected the client on which the transaction has begun, got the pool'
      return hasMethods(value, 'query') ? undefined : expectedGot('a client of pg', value)
    },
    afterCommit: (transaction, listener) => void listeners.add(transaction, listener),
  }
}
