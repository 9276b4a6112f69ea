import { addColumn } from './add-column.ts'
import type { Migration } from './migration.ts'

/** Whether a mail about an account was sent, as it is known of mails about jobs. */
export const whatWasSent: Migration = {
  name: '2026-11-30-what-was-sent',
  async up(connection) {
    await addColumn(connection, 'account_mails', 'sent_at', 'DATETIME(3) NULL')
    await addColumn(connection, 'account_mails', 'doubts', 'INT UNSIGNED NOT NULL DEFAULT 0')
  },
}
