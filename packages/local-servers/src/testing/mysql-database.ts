import { randomBytes } from 'node:crypto'
import { type Connection, createConnection } from 'mysql2/promise'
import { type CleanUpOwner, onEnd } from './clean-up.ts'
import { mysqlUrl } from './server-urls.ts'

export interface TestDatabase {
  /** Address of the database. */
  url: string
  /** The test's own connection to the database. */
  connection: Connection
}

/** An empty database of the shared MySQL server, dropped after the test. Its default character set is latin1, since
 *  tables must not depend on the default. */
export async function createMysqlDatabase(owner: CleanUpOwner): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`
  const url = new URL(mysqlUrl())
  url.pathname = `/${name}`
  const connection = await createConnection({ uri: mysqlUrl(), connectTimeout: 10_000 })
  onEnd(owner, () => connection.destroy())
  await connection.query(`CREATE DATABASE ${name} CHARACTER SET latin1`)
  onEnd(owner, () => connection.query(`DROP DATABASE ${name}`))
  await connection.query(`USE ${name}`)
  return { url: url.href, connection }
}
