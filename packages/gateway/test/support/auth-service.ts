import { randomBytes } from 'node:crypto'
import type { TestContext } from 'node:test'
import { onEnd } from '@jackalope/local-servers/testing'
import { createConnection } from 'mysql2/promise'
import { address } from './servers.ts'
import { type ServiceProcess, startProcess } from './service-process.ts'
import { jwtSecret } from './test-gateway.ts'

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
  const auth = await startProcess(t, 'auth', {
    MYSQL_URL: url.href,
    JWT_SECRET: jwtSecret,
    SERVICE_TOKEN: randomBytes(32).toString('base64'),
    TRUSTED_PROXIES: '1',
  })
  await auth.logged('ready')
  return auth
}
