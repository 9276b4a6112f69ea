import type { TableName } from './table-name.ts'

/** Where SQL databases differ. */
export interface SqlDialect {
  quote(name: string): string
  /** The time at which the statement began. Not that of the transaction, which may be old. */
  now: string
  /** That time plus a number of microseconds. */
  nowPlusMicros: string
  /** Microseconds from the statement's time to that of a column. */
  microsUntil(column: string): string
  /** Milliseconds since 1970 of a column. */
  epochMs(column: string): string
  /** An INSERT that does nothing when the row is there. */
  insertUnlessThere(into: string): string
  /** Each queue that has rows, and when its first row is due; by the index alone, however many rows there are. */
  queues(table: string): string
  schema(table: TableName): string[]
  /** What runs a schema safely in several processes at once, each as one statement of its client. */
  migration(schema: readonly string[]): readonly string[]
}

const mysqlQuote = (name: string) => `\`${name}\``

/** MySQL and MariaDB. Times are in UTC, whatever the connection's time zone. */
export const mysql: SqlDialect = {
  quote: mysqlQuote,
  now: 'UTC_TIMESTAMP(6)',
  nowPlusMicros: 'UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND',
  microsUntil: column => `TIMESTAMPDIFF(MICROSECOND, UTC_TIMESTAMP(6), ${column})`,
  epochMs: column => `TIMESTAMPDIFF(MICROSECOND, '1970-01-01', ${column}) / 1000`,
  // Not ON DUPLICATE KEY: with mysql2's flags a row that stays as it is counts as affected.
  insertUnlessThere: into => `INSERT IGNORE INTO ${into}`,
  // GROUP BY and MIN along the index look at one entry for each queue.
  queues: table =>
    `SELECT queue, TIMESTAMPDIFF(MICROSECOND, UTC_TIMESTAMP(6), MIN(due_at)) / 1000 AS due_in_ms
     FROM ${table} GROUP BY queue`,
  migration: schema => schema,
  schema({ schema, table }) {
    const name = qualified(mysqlQuote, { schema, table })
    const leases = qualified(mysqlQuote, { schema, table: leasesOf(table) })
    const text = 'CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL'
    return [
      `CREATE TABLE IF NOT EXISTS ${name} (
  seq BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  job_id VARCHAR(255) ${text},
  queue VARCHAR(255) ${text},
  payload LONGTEXT ${text},
  options MEDIUMTEXT ${text},
  size_bytes INT UNSIGNED NOT NULL,
  created_at DATETIME(6) NOT NULL,
  due_at DATETIME(6) NOT NULL,
  failures INT UNSIGNED NOT NULL DEFAULT 0,
  reason TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  PRIMARY KEY (seq),
  KEY ${mysqlQuote(`${table}_due`)} (queue, due_at, seq, size_bytes, failures)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`,
      `CREATE TABLE IF NOT EXISTS ${leases} (
  queue VARCHAR(255) ${text},
  relay CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ends_at DATETIME(6) NOT NULL,
  PRIMARY KEY (queue)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`,
    ]
  },
}

/** Number of the advisory lock: "outbox" in bytes. */
const MIGRATION_LOCK = 0x6f7574626f78

const postgresqlQuote = (name: string) => `"${name}"`

/** PostgreSQL. `statement_timestamp()` is stable within a statement, so that an index can be used with it. */
export const postgresql: SqlDialect = {
  quote: postgresqlQuote,
  now: 'statement_timestamp()',
  nowPlusMicros: `statement_timestamp() + CAST(? AS bigint) * interval '1 microsecond'`,
  microsUntil: column => `CAST(extract(epoch FROM ${column} - statement_timestamp()) * 1000000 AS bigint)`,
  epochMs: column => `CAST(extract(epoch FROM ${column}) * 1000 AS bigint)`,
  insertUnlessThere: into => `INSERT INTO ${into} ON CONFLICT DO NOTHING`,
  // PostgreSQL does not skip along an index by itself: each step looks for the first row of the next queue.
  queues: table =>
    `WITH RECURSIVE head AS (
       (SELECT queue, due_at FROM ${table} ORDER BY queue, due_at LIMIT 1)
       UNION ALL
       SELECT later.queue, later.due_at FROM head CROSS JOIN LATERAL
         (SELECT queue, due_at FROM ${table} WHERE queue > head.queue ORDER BY queue, due_at LIMIT 1) AS later
     )
     SELECT queue, CAST(extract(epoch FROM due_at - statement_timestamp()) * 1000 AS bigint) AS due_in_ms FROM head`,
  // IF NOT EXISTS fails when two do it at once. Statements in one text without values are one transaction.
  migration: schema => [[`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`, ...schema].join(';\n')],
  schema({ schema, table }) {
    const name = qualified(postgresqlQuote, { schema, table })
    const leases = qualified(postgresqlQuote, { schema, table: leasesOf(table) })
    // Sorted by bytes: no update of the system's collations can make the index wrong.
    const text = 'text COLLATE "C" NOT NULL'
    return [
      `CREATE TABLE IF NOT EXISTS ${name} (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  job_id ${text},
  queue ${text},
  payload ${text},
  options ${text},
  size_bytes integer NOT NULL,
  created_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  failures integer NOT NULL DEFAULT 0,
  reason text
)`,
      `CREATE INDEX IF NOT EXISTS ${postgresqlQuote(`${table}_due`)} ON ${name} (queue, due_at, seq)`,
      `CREATE INDEX IF NOT EXISTS ${postgresqlQuote(`${table}_failed`)} ON ${name} (seq) WHERE failures > 0`,
      `CREATE TABLE IF NOT EXISTS ${leases} (
  queue ${text} PRIMARY KEY,
  relay text NOT NULL,
  ends_at timestamptz NOT NULL
)`,
    ]
  },
}

/** Name of the table with the relays' leases. */
export function leasesOf(table: string): string {
  return `${table}_leases`
}

export function qualified(quote: (name: string) => string, { schema, table }: TableName): string {
  return schema === undefined ? quote(table) : `${quote(schema)}.${quote(table)}`
}
