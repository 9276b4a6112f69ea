import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise'
import { Umzug } from 'umzug'
import { createMigrationRecord } from './migration-record.ts'
import { migrations } from './migrations/index.ts'
import type { Migration } from './migrations/migration.ts'

/** Longest wait for another process that migrates, in seconds. */
const lockTimeoutSeconds = 60

export interface MigrateOptions {
  /** Aborting ends the wait and the migrations. */
  signal: AbortSignal
  /** The migrations to run. @default all of auth */
  migrations?: readonly Migration[]
}

/** Runs the pending migrations; gives their names. When several processes start at once, one runs them and the others
 *  wait.
 *
 *  Lock, migrations and their record share one connection: if it breaks, the lock is released and the work stops. */
export async function migrate(url: string, options: MigrateOptions): Promise<string[]> {
  const connection = await createConnection({
    uri: url,
    charset: 'utf8mb4_unicode_ci',
    connectTimeout: 2_000,
  })
  try {
    return await unlessAborted(options.signal, runPending(connection, options.migrations ?? migrations))
  } finally {
    // The server releases the lock when the connection ends.
    connection.destroy()
  }
}

async function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const abort = () => reject(signal.reason)
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort)
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

async function runPending(connection: Connection, steps: readonly Migration[]): Promise<string[]> {
  await takeLock(connection)
  const umzug = new Umzug<Connection>({
    migrations: steps.map(({ name, up }) => ({ name, up: ({ context }) => up(context) })),
    context: connection,
    storage: createMigrationRecord(connection),
    logger: undefined,
  })
  const run = await umzug.up()
  return run.map(({ name }) => name)
}

/** Takes a lock. Locks belong to the whole server, so the name contains a hash of the database's name. Its longest
 *  length is 64 characters. */
async function takeLock(connection: Connection): Promise<void> {
  const [[row]] = await connection.query<RowDataPacket[]>(
    `SELECT GET_LOCK(CONCAT('jackalope-auth:', SHA1(DATABASE())), ?) AS taken`,
    [lockTimeoutSeconds],
  )
  if (row?.taken !== 1)
    throw new Error(`Another process has been migrating for ${lockTimeoutSeconds} seconds`)
}
