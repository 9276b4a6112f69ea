import type { Connection, RowDataPacket } from 'mysql2/promise'
import type { Migration } from './migration.ts'

/** The tables of worker-kit's outbox, which take the place of `outbox`. What waits there moves over. A test compares them with
 *  what worker-kit needs. */
export const workerKitOutbox: Migration = {
  name: '2026-11-29-worker-kit-outbox',
  async up(connection) {
    for (const statement of tables) await connection.query(statement)
    // First the name: from then on nobody adds to the old table.
    if (await hasTable(connection, 'outbox')) await connection.query('RENAME TABLE outbox TO outbox_before')
    if (!(await hasTable(connection, 'outbox_before'))) return
    // Moved twice, a job runs once all the same: it keeps its id.
    await connection.query(
      `INSERT INTO jobs_outbox (job_id, queue, payload, options, size_bytes, created_at, due_at, failures, reason)
       SELECT id, queue, payload, ?, OCTET_LENGTH(payload), created_at, due_at, failures, IF(failures > 0, 'unknown', NULL)
       FROM outbox_before`,
      [JSON.stringify({ attempts: 100, backoff: { type: 'fixed', delay: 5 * 60_000 } })],
    )
    await connection.query('DROP TABLE outbox_before')
  },
}

async function hasTable(connection: Connection, name: string): Promise<boolean> {
  const sql = 'SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ?'
  const [rows] = await connection.query<RowDataPacket[]>(sql, [name])
  return rows.length > 0
}

const tables = [
  `CREATE TABLE IF NOT EXISTS jobs_outbox (
  seq BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  job_id VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  queue VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  payload LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  options MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  size_bytes INT UNSIGNED NOT NULL,
  created_at DATETIME(6) NOT NULL,
  due_at DATETIME(6) NOT NULL,
  failures INT UNSIGNED NOT NULL DEFAULT 0,
  reason TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  PRIMARY KEY (seq),
  KEY jobs_outbox_due (queue, due_at, seq, size_bytes, failures)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`,
  `CREATE TABLE IF NOT EXISTS jobs_outbox_leases (
  queue VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  relay CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ends_at DATETIME(6) NOT NULL,
  PRIMARY KEY (queue)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`,
]
