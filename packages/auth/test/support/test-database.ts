import { randomBytes } from 'node:crypto'
import type { TestContext } from 'node:test'
import { type Connection, createConnection } from 'mysql2/promise'

export interface TestDatabase {
  url: string
  /** A connection of the test's own. */
  connection: Connection
}

/** An empty database of its own for one test, dropped afterwards. */
export async function createTestDatabase(t: Pick<TestContext, 'after'>): Promise<TestDatabase> {
  const server = process.env.MYSQL_URL
  if (!server) throw new Error('MYSQL_URL is not set: run the tests through ./jackalope test')
  const name = `test_auth_${randomBytes(6).toString('hex')}`
  const url = new URL(server)
  url.pathname = `/${name}`
  const connection = await createConnection(server)
  // The server's defaults do not matter: tables must be utf8mb4 anywhere.
  await connection.query(`CREATE DATABASE ${name} CHARACTER SET latin1`)
  await connection.query(`USE ${name}`)
  t.after(async () => {
    await connection.query(`DROP DATABASE ${name}`)
    await connection.end()
  })
  return { url: url.href, connection }
}
