import {
  type CleanUpOwner,
  createMysqlDatabase,
  redisUrl,
  type ServiceProcess,
  startService,
} from '@jackalope/local-servers/testing'
import { jwtSecret, serviceToken } from './test-gateway.ts'

const main = new URL('../../../auth/src/main.ts', import.meta.url)

/** The real auth service, on a database of its own that is dropped at the owner's end. */
export async function startAuthService(
  owner: CleanUpOwner,
  env: Record<string, string> = {},
): Promise<ServiceProcess> {
  const { url } = await createMysqlDatabase(owner)
  const auth = await startService(owner, main, {
    MYSQL_URL: url,
    REDIS_URL: redisUrl(),
    JWT_SECRET: jwtSecret,
    SERVICE_TOKEN: serviceToken,
    MAIL: 'off',
    // Logins do not need it.
    AMQP_URL: 'amqp://127.0.0.1:1',
    ...env,
  })
  await auth.logged('ready')
  return auth
}
