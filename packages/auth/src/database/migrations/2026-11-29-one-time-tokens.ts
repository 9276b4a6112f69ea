import type { Migration } from './migration.ts'

/** The tokens of links in mails that were not used yet. Their text is not stored: it is computed from the id. */
export const oneTimeTokens: Migration = {
  name: '2026-11-29-one-time-tokens',
  up: connection =>
    connection.query(`
      CREATE TABLE IF NOT EXISTS one_time_tokens (
        id CHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        user_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        purpose VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        email VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
        created_at DATETIME(3) NOT NULL,
        expires_at DATETIME(3) NOT NULL,
        PRIMARY KEY (id),
        KEY one_time_tokens_user (user_id, purpose),
        KEY one_time_tokens_expiry (expires_at),
        CONSTRAINT one_time_tokens_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
      ) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`),
}
