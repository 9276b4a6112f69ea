import type { Migration } from './migration.ts'

/** The table `users`. Mail addresses are in lower case and compared byte by byte: `utf8mb4_bin` tells é from e. */
export const users: Migration = {
  name: '2026-11-24-users',
  up: connection =>
    connection.query(`
      CREATE TABLE IF NOT EXISTS users (
        id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        email VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
        password_hash VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        roles JSON NOT NULL,
        created_at DATETIME(3) NOT NULL,
        updated_at DATETIME(3) NOT NULL,
        PRIMARY KEY (id),
        UNIQUE KEY users_email (email)
      ) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`),
}
