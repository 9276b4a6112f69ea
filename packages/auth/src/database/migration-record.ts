import type { Connection, RowDataPacket } from 'mysql2/promise'
import type { UmzugStorage } from 'umzug'

/** Records finished migrations in the table `migrations`, on the connection that holds the lock. */
export function createMigrationRecord(connection: Connection): UmzugStorage<Connection> {
  return {
    async executed() {
      await connection.query(`
        CREATE TABLE IF NOT EXISTS migrations (
          name VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL PRIMARY KEY,
          run_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)
        ) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`)
      const [rows] = await connection.query<RowDataPacket[]>('SELECT name FROM migrations ORDER BY name')
      return rows.map(({ name }) => name)
    },
    async logMigration({ name }) {
      await connection.execute('INSERT INTO migrations (name) VALUES (?)', [name])
    },
    async unlogMigration({ name }) {
      await connection.execute('DELETE FROM migrations WHERE name = ?', [name])
    },
  }
}
