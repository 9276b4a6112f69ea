import { addColumn } from './add-column.ts'
import type { Migration } from './migration.ts'

/** Until when a receiver of webhooks wants nothing (`Retry-After`). */
export const webhooksPaused: Migration = {
  name: '2026-11-30-webhooks-paused',
  up: connection => addColumn(connection, 'webhooks', 'paused_until', 'DATETIME(3) NULL'),
}
