import type { Connection, RowDataPacket } from 'mysql2/promise'

/** Adds a column unless it is there. MySQL, other than MariaDB, knows no ADD COLUMN IF NOT EXISTS.
 *  @param definition - of the column, and what else the same statement adds */
export async function addColumn(
  connection: Connection,
  table: string,
  column: string,
  definition: string,
): Promise<void> {
  const [rows] = await connection.query<RowDataPacket[]>(
    `SELECT 1 FROM information_schema.columns
     WHERE table_schema = DATABASE() AND table_name = ? AND column_name = ?`,
    [table, column],
  )
  if (rows.length === 0) await connection.query(`ALTER TABLE ${table} ADD COLUMN ${column} ${definition}`)
}
