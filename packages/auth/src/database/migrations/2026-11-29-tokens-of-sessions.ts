import type { Migration } from './migration.ts'

/** The refresh tokens of the sessions, as SHA-256. Used ones are kept: a second use shows that one was stolen. */
export const refreshTokens: Migration = {
  name: '2026-11-29-tokens-of-sessions',
  up: connection =>
    connection.query(`
      CREATE TABLE IF NOT EXISTS refresh_tokens (
        token_hash CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        session_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        generation INT UNSIGNED NOT NULL,
        PRIMARY KEY (token_hash),
        KEY refresh_tokens_session (session_id, generation),
        CONSTRAINT refresh_tokens_session FOREIGN KEY (session_id) REFERENCES sessions (id) ON DELETE CASCADE
      ) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`),
}
