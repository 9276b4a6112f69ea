import { addColumn } from './add-column.ts'
import type { Migration } from './migration.ts'

/** The secret of a browser's session, as SHA-256. Sessions of programs have refresh tokens instead. */
export const browserSessions: Migration = {
  name: '2026-11-30-browser-sessions',
  up: connection =>
    addColumn(
      connection,
      'sessions',
      'secret_hash',
      'CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NULL, ADD UNIQUE KEY sessions_secret (secret_hash)',
    ),
}
