import type { Migration } from './migration.ts'

/** The API keys of the users, as SHA-256. */
export const apiKeys: Migration = {
  name: '2026-11-29-api-keys',
  up: connection =>
    connection.query(`
      CREATE TABLE IF NOT EXISTS api_keys (
        id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        user_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        key_hash CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        start VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        name VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
        scope VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        created_at DATETIME(3) NOT NULL,
        expires_at DATETIME(3) NULL,
        last_used_at DATETIME(3) NULL,
        PRIMARY KEY (id),
        UNIQUE KEY api_keys_hash (key_hash),
        KEY api_keys_user (user_id, created_at),
        CONSTRAINT api_keys_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
      ) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`),
}
