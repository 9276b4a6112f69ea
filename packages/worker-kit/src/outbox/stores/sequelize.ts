import type { Sequelize } from 'sequelize'
import { expectedGot, hasMethods, refuseFaults } from '../../check-options.ts'
import { WorkerKitError } from '../../errors.ts'
import type { OutboxStore } from '../outbox-store.ts'
import { CommitListeners } from './commit-listeners.ts'
import { toNumbered } from './numbered-values.ts'
import type { SqlClient, SqlValue } from './sql-client.ts'
import { type StoreOptions, sqlStore } from './sql-store.ts'

/** What the outbox needs of a Sequelize 6. */
export interface SequelizeLike {
  getDialect(): string
  query(sql: string, options?: object): Promise<unknown>
}

/** What the outbox needs of a transaction of Sequelize's. */
export interface SequelizeTransactionLike {
  afterCommit(listener: () => void): unknown
}

/** An outbox in the database of a Sequelize 6: MySQL, MariaDB or PostgreSQL. A commit wakes the relays of this process.
 *  @throws {WorkerKitError} `ERR_INVALID_DEFINITION` */
export function sequelizeStore(
  sequelize: SequelizeLike,
  options?: StoreOptions,
): OutboxStore<SequelizeTransactionLike> {
  return sqlStore(createClient(sequelize as Sequelize), options)
}

function createClient(sequelize: Sequelize): SqlClient<SequelizeTransactionLike> {
  const dialect = dialectOf(sequelize)
  const listeners = new CommitListeners()
  const query = async (sql: string, values: readonly SqlValue[], more: object) => {
    // PostgreSQL gets the values beside the statement. MySQL would keep a prepared statement for every number of rows.
    const given =
      dialect === 'postgresql'
        ? { sql: toNumbered(sql), bind: [...values] }
        : { sql, replacements: [...values] }
    const { sql: text, ...parameters } = given
    return sequelize.query(text, { ...parameters, ...more })
  }
  return {
    dialect,
    async define(statements) {
      for (const sql of statements) await sequelize.query(sql, { logging: false, transaction: null })
    },
    async select(sql, values) {
      // `null` keeps it out of the transaction of a CLS namespace; replicas may lag behind.
      const rows = await query(sql, values, { ...apart, type: 'SELECT', useMaster: true })
      return rows as unknown as Record<string, unknown>[]
    },
    async change(sql, values, transaction) {
      const [, result] = await query(sql, values, transaction ? { transaction } : apart)
      // PostgreSQL: a number after an INSERT, else the result of pg.
      if (typeof result === 'number') return result
      const { affectedRows, rowCount } = result as { affectedRows?: number; rowCount?: number }
      return affectedRows ?? rowCount ?? 0
    },
    transactionFault: value =>
      hasMethods(value, 'afterCommit') ? undefined : expectedGot("a transaction of Sequelize's", value),
    afterCommit(transaction, listener) {
      if (listeners.add(transaction, listener)) transaction.afterCommit(() => listeners.call(transaction))
    },
  }
}

/** Options of what a relay does. */
const apart = { transaction: null, logging: false } as const

function dialectOf(sequelize: SequelizeLike): SqlClient<unknown>['dialect'] {
  refuseFaults(
    'sequelizeStore',
    hasMethods(sequelize, 'query', 'getDialect')
      ? []
      : [`sequelize: ${expectedGot('a Sequelize', sequelize)}`],
  )
  const name = sequelize.getDialect()
  if (name === 'mysql' || name === 'mariadb') return 'mysql'
  if (name === 'postgres') return 'postgresql'
  throw new WorkerKitError(
    'ERR_INVALID_DEFINITION',
    `sequelizeStore: the dialects are mysql, mariadb and postgres, got "${name}"`,
  )
}
