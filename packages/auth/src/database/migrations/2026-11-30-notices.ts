import type { Migration } from './migration.ts'

/** Which mails about jobs were sent: Redis, which knows it too, may be set back to an older copy. */
export const notices: Migration = {
  name: '2026-11-30-notices',
  up: connection =>
    connection.query(`
      CREATE TABLE IF NOT EXISTS notices (
        id VARCHAR(150) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        user_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        sent_at DATETIME(3) NULL,
        doubts INT UNSIGNED NOT NULL,
        created_at DATETIME(3) NOT NULL,
        PRIMARY KEY (id),
        KEY notices_user (user_id),
        KEY notices_age (created_at),
        CONSTRAINT notices_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
      ) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`),
}
