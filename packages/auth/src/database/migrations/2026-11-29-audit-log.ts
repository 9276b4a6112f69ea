import type { Migration } from './migration.ts'

/** What was done to accounts, by whom, from where and when. It has no foreign key: entries outlive their account. */
export const auditLog: Migration = {
  name: '2026-11-29-audit-log',
  up: connection =>
    connection.query(`
      CREATE TABLE IF NOT EXISTS audit_log (
        id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
        at DATETIME(3) NOT NULL,
        user_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        actor_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
        action VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        client_address VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NULL,
        user_agent VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
        detail VARCHAR(1000) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
        PRIMARY KEY (id),
        KEY audit_log_user (user_id, id),
        KEY audit_log_actor (actor_id, id),
        KEY audit_log_action (action, id),
        KEY audit_log_address (client_address, id),
        KEY audit_log_at (at)
      ) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`),
}
