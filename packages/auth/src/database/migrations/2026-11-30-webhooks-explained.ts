import { addColumn } from './add-column.ts'
import type { Migration } from './migration.ts'

const definition = 'VARCHAR(500) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL'

/** Why a delivery failed, as data in JSON, beside the text. */
export const webhooksExplained: Migration = {
  name: '2026-11-30-webhooks-explained',
  async up(connection) {
    await addColumn(connection, 'webhook_deliveries', 'explanation', definition)
    await addColumn(connection, 'webhook_attempts', 'explanation', definition)
  },
}
