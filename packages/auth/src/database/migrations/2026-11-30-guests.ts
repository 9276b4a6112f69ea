import { addColumn } from './add-column.ts'
import type { Migration } from './migration.ts'

/** Users without an address, who are removed when their time is over. */
export const guests: Migration = {
  name: '2026-11-30-guests',
  async up(connection) {
    await connection.query(
      'ALTER TABLE users MODIFY email VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL',
    )
    await addColumn(connection, 'users', 'expires_at', 'DATETIME(3) NULL, ADD KEY users_expiry (expires_at)')
  },
}
