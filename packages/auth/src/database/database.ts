import type { Socket } from 'node:net'
import { TimeLimitError, unavailable, withTimeLimit } from '@jackalope/service-kit'
import { BaseError, ConnectionError, DatabaseError, QueryTypes, Sequelize, Transaction } from 'sequelize'
import { migrate } from './migrate.ts'

/** Longest query, including the wait for a connection, in milliseconds. */
const queryTimeoutMs = 3_000
/** Longest silence on a connection, in milliseconds; then the connection is cut. */
const silenceTimeoutMs = 10_000
/** Longest closing, in milliseconds. */
const closeTimeoutMs = 5_000

/** How often a transaction is run again that was chosen as the victim of a deadlock. */
const deadlockRetries = 3

/** A value of a statement; `Date`s are stored in UTC. */
export type SqlValue = string | number | Date | null | readonly string[]

export interface Database {
  readonly sequelize: Sequelize
  /** Runs the pending migrations and gives their names. Until then `run` answers 503. Rejects if the database does not
   *  answer; may be called again. */
  prepare(signal: AbortSignal): Promise<string[]>
  /** Runs a query; takes at most 3 s.
   *  @throws {HttpProblem} 503 while the database does not answer or is not prepared */
  run<T>(query: () => Promise<T>): Promise<T>
  /** Runs work in a transaction, which commits when the work resolves and rolls back when it rejects. It reads what is
   *  committed (READ COMMITTED), so rows that a decision depends on are selected `FOR UPDATE`. After a deadlock the work
   *  runs again: it changes nothing but the database. Takes at most 3 s.
   *  @throws {HttpProblem} as `run` */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>
  /** The rows of a SELECT with `?` for each value. Without a transaction it is limited as `run`. */
  select<Row extends object>(
    sql: string,
    values?: readonly SqlValue[],
    transaction?: Transaction,
  ): Promise<Row[]>
  /** Runs an INSERT, UPDATE or DELETE with `?` for each value; gives the number of rows that it affected. */
  change(sql: string, values?: readonly SqlValue[], transaction?: Transaction): Promise<number>
  /** Resolves when the tables are up to date and the database answers. */
  check(): Promise<void>
  /** Closes the connections; takes at most 5 s. */
  close(): Promise<void>
}

interface Affected {
  affectedRows: number
}

const isolation = Transaction.ISOLATION_LEVELS.READ_COMMITTED

/** The user database. It connects with the first query, and again when a connection is lost. */
export function openDatabase(url: string): Database {
  const sequelize = createSequelize(url)
  let prepared = false

  async function run<T>(query: () => Promise<T>): Promise<T> {
    try {
      if (!prepared) throw new ConnectionError(new Error('The tables are not up to date yet'))
      return await withTimeLimit(queryTimeoutMs, 'The database did not answer', query)
    } catch (error) {
      const isAway = isOutage(error)
      removeValues(error)
      throw isAway ? unavailable('The user database', { cause: error }) : error
    }
  }

  async function transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    for (let retries = deadlockRetries; ; retries -= 1) {
      let isLate = false
      try {
        return await run(() =>
          sequelize.transaction({ isolationLevel: isolation }, async open => {
            const result = await work(open)
            // The caller has been told that it failed: a late commit would contradict that.
            if (isLate) throw new Error('The transaction took too long')
            return result
          }),
        )
      } catch (error) {
        isLate = true
        if ((error as { code?: string }).code !== 'ER_LOCK_DEADLOCK') throw error
        if (retries === 0) throw unavailable('The user database', { cause: error, retryAfterSeconds: 1 })
      }
    }
  }

  return {
    sequelize,
    transaction,
    select<Row extends object>(sql: string, values: readonly SqlValue[] = [], transaction?: Transaction) {
      const query = () =>
        sequelize.query<Row>(sql, {
          replacements: values.map(toReplacement),
          type: QueryTypes.SELECT,
          transaction,
        })
      return transaction ? query() : run(query)
    },
    async change(sql, values = [], transaction) {
      const query = () => sequelize.query(sql, { replacements: values.map(toReplacement), transaction })
      const [, { affectedRows }] = (await (transaction ? query() : run(query))) as [unknown, Affected]
      return affectedRows
    },
    async prepare(signal) {
      const migrated = await migrate(url, { signal })
      prepared = true
      return migrated
    },
    run,
    check: () => run(async () => void (await sequelize.query('SELECT 1'))),
    // The pool waits for running queries, whose connections may be frozen.
    close: () =>
      withTimeLimit(closeTimeoutMs, 'The database connections did not close', () => sequelize.close()),
  }
}

function createSequelize(url: string): Sequelize {
  const sequelize = new Sequelize(url, {
    dialect: 'mysql',
    logging: false,
    pool: { max: 10, min: 0, acquire: queryTimeoutMs, idle: silenceTimeoutMs },
    dialectOptions: { charset: 'utf8mb4_unicode_ci', connectTimeout: 2_000 },
  })
  sequelize.addHook('afterConnect', connection => {
    // mysql2 waits for a frozen server without a limit, and its connection would be lost to the pool.
    const { stream } = connection as { stream: Socket }
    stream.setTimeout(silenceTimeoutMs, () => stream.destroy())
  })
  return sequelize
}

/** Sequelize cuts the milliseconds off a `Date` in `replacements`. Connections are in UTC. */
function toReplacement(value: SqlValue): Exclude<SqlValue, Date> {
  return value instanceof Date ? value.toISOString().slice(0, 23).replace('T', ' ') : value
}

/** Whether the database is away; otherwise the query is at fault. */
function isOutage(error: unknown): boolean {
  if (error instanceof ConnectionError || error instanceof TimeLimitError) return true
  // The connection broke during a query.
  return error instanceof DatabaseError && (error.parent as { fatal?: boolean }).fatal === true
}

/** Removes from an error what must not be logged. Sequelize adds the statement three times, with its values:
 *  addresses and password hashes. */
function removeValues(error: unknown): void {
  if (!(error instanceof BaseError)) return
  const { code } = (error as { parent?: { code?: string } }).parent ?? {}
  for (const name of ['sql', 'parameters', 'parent', 'original']) Reflect.deleteProperty(error, name)
  Object.assign(error, { code })
}
