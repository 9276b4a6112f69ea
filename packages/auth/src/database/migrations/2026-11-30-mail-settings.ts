import { addColumn } from './add-column.ts'
import type { Migration } from './migration.ts'

/** Whether a user wants mails about jobs, and in which language mails are. */
export const mailSettings: Migration = {
  name: '2026-11-30-mail-settings',
  async up(connection) {
    await addColumn(connection, 'users', 'notices', 'BOOLEAN NOT NULL DEFAULT TRUE')
    await addColumn(connection, 'users', 'language', `${code} NOT NULL DEFAULT 'en'`)
    await addColumn(connection, 'account_mails', 'language', `${code} NOT NULL DEFAULT 'en'`)
    const url = 'VARCHAR(2000) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL'
    await addColumn(connection, 'account_mails', 'webhook_url', url)
  },
}

const code = 'VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin'
