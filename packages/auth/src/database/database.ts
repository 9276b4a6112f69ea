import type { Socket } from 'node:net'
import { TimeLimitError, unavailable, withTimeLimit } from '@jackalope/service-kit'
import { BaseError, ConnectionError, DatabaseError, Sequelize } from 'sequelize'
import { migrate } from './migrate.ts'

/** Longest time for a query, the wait for a connection included, in milliseconds. */
const queryTimeoutMs = 3_000
/** A connection on which nothing has moved for that long, in milliseconds, is given up. */
const silenceTimeoutMs = 10_000

export interface Database {
  readonly sequelize: Sequelize
  /** Brings the tables up to date and gives the names of the migrations that it ran; until then `run` refuses.
   *  Rejects if the database does not answer: try again. */
  prepare(signal: AbortSignal): Promise<string[]>
  /** Runs a query, without waiting for a database that is away.
   *  @throws {HttpProblem} 503 while the database does not answer or is not prepared. */
  run<T>(query: () => Promise<T>): Promise<T>
  /** Resolves when the tables are up to date and the database answers. */
  check(): Promise<void>
  close(): Promise<void>
}

/** Connects when it is first used, and anew whenever it must. */
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

  return {
    sequelize,
    async prepare(signal) {
      const migrated = await migrate(url, { signal })
      prepared = true
      return migrated
    },
    run,
    check: () => run(async () => void (await sequelize.query('SELECT 1'))),
    close: () => sequelize.close(),
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
    // mysql2 would wait for the answer of a frozen server without end, and keep the connection from the pool.
    const { stream } = connection as { stream: Socket }
    stream.setTimeout(silenceTimeoutMs, () => stream.destroy())
  })
  return sequelize
}

/** Whether the database is away, rather than that it did not like the query. */
function isOutage(error: unknown): boolean {
  if (error instanceof ConnectionError || error instanceof TimeLimitError) return true
  // Of a connection that broke in the middle of a query.
  return error instanceof DatabaseError && (error.parent as { fatal?: boolean }).fatal === true
}

/** Leaves of an error what may be logged. Sequelize hangs the statement on it, three times over, with its values:
 *  addresses and password hashes. */
function removeValues(error: unknown): void {
  if (!(error instanceof BaseError)) return
  const { code } = (error as { parent?: { code?: string } }).parent ?? {}
  for (const name of ['sql', 'parameters', 'parent', 'original']) Reflect.deleteProperty(error, name)
  Object.assign(error, { code })
}
