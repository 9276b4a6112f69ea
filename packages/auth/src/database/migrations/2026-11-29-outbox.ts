import type { Migration } from './migration.ts'

/** Jobs to be added to queues, written in the transaction that gives rise to them. A relay claims a row for a while, adds
 *  the job, and deletes the row. */
export const outbox: Migration = {
  name: '2026-11-29-outbox',
  up: connection =>
    connection.query(`
      CREATE TABLE IF NOT EXISTS outbox (
        id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        queue VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
        job_name VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
        payload MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
        created_at DATETIME(3) NOT NULL,
        due_at DATETIME(3) NOT NULL,
        claimed_by CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
        failures INT UNSIGNED NOT NULL DEFAULT 0,
        PRIMARY KEY (id),
        KEY outbox_due (due_at)
      ) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`),
}
