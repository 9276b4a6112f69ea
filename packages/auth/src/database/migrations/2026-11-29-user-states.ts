import type { RowDataPacket } from 'mysql2/promise'
import type { Migration } from './migration.ts'

/** When a user's address was verified, and when an admin locked the account. Addresses from before are not verified: nobody
 *  ever confirmed them. */
export const userStates: Migration = {
  name: '2026-11-29-user-states',
  async up(connection) {
    const [columns] = await connection.query<RowDataPacket[]>(
      `SELECT 1 FROM information_schema.columns
       WHERE table_schema = DATABASE() AND table_name = 'users' AND column_name = 'locked_at'`,
    )
    if (columns.length > 0) return
    await connection.query(`
      ALTER TABLE users
        ADD COLUMN email_verified_at DATETIME(3) NULL,
        ADD COLUMN locked_at DATETIME(3) NULL,
        ADD KEY users_created_at (created_at, id)`)
  },
}
