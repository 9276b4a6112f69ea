import type { Migration } from './migration.ts'

/** The endpoints that users have registered, what they are told, and what came of it. */
export const webhooks: Migration = {
  name: '2026-11-30-webhooks',
  async up(connection) {
    for (const table of tables) await connection.query(table)
  },
}

const ascii = 'CHARACTER SET ascii COLLATE ascii_bin'
const text = 'CHARACTER SET utf8mb4 COLLATE utf8mb4_bin'
const options = 'ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci'

const tables = [
  `CREATE TABLE IF NOT EXISTS webhooks (
    id CHAR(36) ${ascii} NOT NULL,
    user_id CHAR(36) ${ascii} NOT NULL,
    url VARCHAR(2000) ${text} NOT NULL,
    events VARCHAR(200) ${ascii} NOT NULL,
    description VARCHAR(200) ${text} NOT NULL,
    secret VARCHAR(100) ${ascii} NOT NULL,
    old_secret VARCHAR(100) ${ascii} NULL,
    old_secret_expires_at DATETIME(3) NULL,
    disabled_at DATETIME(3) NULL,
    disabled_reason VARCHAR(10) ${ascii} NULL,
    failing_since DATETIME(3) NULL,
    created_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id),
    KEY webhooks_user (user_id, created_at),
    CONSTRAINT webhooks_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
  ) ${options}`,
  `CREATE TABLE IF NOT EXISTS webhook_events (
    id VARCHAR(100) ${ascii} NOT NULL,
    user_id CHAR(36) ${ascii} NOT NULL,
    type VARCHAR(30) ${ascii} NOT NULL,
    body MEDIUMTEXT ${text} NOT NULL,
    created_at DATETIME(3) NOT NULL,
    PRIMARY KEY (id),
    KEY webhook_events_user (user_id),
    KEY webhook_events_age (created_at),
    CONSTRAINT webhook_events_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
  ) ${options}`,
  `CREATE TABLE IF NOT EXISTS webhook_deliveries (
    id CHAR(36) ${ascii} NOT NULL,
    webhook_id CHAR(36) ${ascii} NOT NULL,
    event_id VARCHAR(100) ${ascii} NOT NULL,
    state VARCHAR(10) ${ascii} NOT NULL,
    round INT UNSIGNED NOT NULL,
    attempts INT UNSIGNED NOT NULL,
    created_at DATETIME(3) NOT NULL,
    overdue_at DATETIME(3) NOT NULL,
    last_attempt_at DATETIME(3) NULL,
    last_status SMALLINT UNSIGNED NULL,
    last_error VARCHAR(500) ${text} NULL,
    PRIMARY KEY (id),
    UNIQUE KEY webhook_deliveries_once (webhook_id, event_id),
    KEY webhook_deliveries_list (webhook_id, created_at, id),
    KEY webhook_deliveries_event (event_id),
    KEY webhook_deliveries_overdue (state, overdue_at),
    CONSTRAINT webhook_deliveries_webhook FOREIGN KEY (webhook_id) REFERENCES webhooks (id) ON DELETE CASCADE,
    CONSTRAINT webhook_deliveries_event FOREIGN KEY (event_id) REFERENCES webhook_events (id) ON DELETE CASCADE
  ) ${options}`,
  `CREATE TABLE IF NOT EXISTS webhook_attempts (
    delivery_id CHAR(36) ${ascii} NOT NULL,
    at DATETIME(3) NOT NULL,
    duration_ms INT UNSIGNED NOT NULL,
    status SMALLINT UNSIGNED NULL,
    error VARCHAR(500) ${text} NULL,
    response VARCHAR(1000) ${text} NULL,
    PRIMARY KEY (delivery_id, at),
    CONSTRAINT webhook_attempts_delivery FOREIGN KEY (delivery_id) REFERENCES webhook_deliveries (id) ON DELETE CASCADE
  ) ${options}`,
]
