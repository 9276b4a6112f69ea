import type { Migration } from './migration.ts'

/** What the mails about accounts say, for the notifier to ask. The counts of the last day also limit how many an address
 *  gets. */
export const accountMails: Migration = {
  name: '2026-11-29-account-mails',
  up: connection =>
    connection.query(`
      CREATE TABLE IF NOT EXISTS account_mails (
        id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        kind VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        user_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        to_address VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
        token_id CHAR(22) CHARACTER SET ascii COLLATE ascii_bin NULL,
        old_email VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
        new_email VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
        client_address VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NULL,
        client_network VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NULL,
        created_at DATETIME(3) NOT NULL,
        PRIMARY KEY (id),
        KEY account_mails_address (to_address, created_at),
        KEY account_mails_user (user_id),
        KEY account_mails_age (created_at)
      ) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`),
}
