import type { Migration } from './migration.ts'

/** Who is logged in, with what and from where. The generation counts the rotations of a session's refresh token. */
export const sessions: Migration = {
  name: '2026-11-29-sessions',
  up: connection =>
    connection.query(`
      CREATE TABLE IF NOT EXISTS sessions (
        id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        user_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        generation INT UNSIGNED NOT NULL,
        rotated_at DATETIME(3) NOT NULL,
        created_at DATETIME(3) NOT NULL,
        last_used_at DATETIME(3) NOT NULL,
        expires_at DATETIME(3) NOT NULL,
        client_address VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        user_agent VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
        PRIMARY KEY (id),
        KEY sessions_user (user_id, last_used_at),
        KEY sessions_expiry (expires_at),
        CONSTRAINT sessions_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
      ) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`),
}
