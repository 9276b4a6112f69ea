import { randomBytes } from 'node:crypto'
import type { TestContext } from 'node:test'
import { onEnd, type ServiceProcess, startService } from '@jackalope/local-servers/testing'
import { createConnection } from 'mysql2/promise'
import { address } from './servers.ts'
import { jwtSecret } from './test-gateway.ts'

const main = new URL('../../../auth/src/main.ts', import.meta.url)

/** The real auth service, on a database of its own that is dropped after the test. */
export async function startAuthService(t: TestContext): Promise<ServiceProcess> {
  const database = `test_gateway_${randomBytes(6).toString('hex')}`
  const url = new URL(address('MYSQL_URL'))
  url.pathname = `/${database}`
  const connection = await createConnection(address('MYSQL_URL'))
  await connection.query(`CREATE DATABASE ${database}`)
  onEnd(t, async () => {
    await connection.query(`DROP DATABASE ${database}`)
    await connection.end()
  })
  const auth = await startService(t, main, {
    MYSQL_URL: url.href,
    JWT_SECRET: jwtSecret,
    SERVICE_TOKEN: randomBytes(32).toString('base64'),
    TRUSTED_PROXIES: '1',
  })
  await auth.logged('ready')
  return auth
}
