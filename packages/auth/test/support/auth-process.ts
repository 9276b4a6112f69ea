import type { TestContext } from 'node:test'
import { type ServiceProcess, startService } from '@jackalope/local-servers/testing'
import { createClient, jwtSecret, noServers, serviceToken, type TestAuth } from './test-auth.ts'

export type AuthProcess = ServiceProcess & Pick<TestAuth, 'get' | 'register' | 'login' | 'call'>

const main = new URL('../../src/main.ts', import.meta.url)

/** Auth's `main.ts` in a process of its own. */
export async function startAuthProcess(t: TestContext, env: Record<string, string>): Promise<AuthProcess> {
  const auth = await startService(t, main, {
    ...{ JWT_SECRET: jwtSecret, SERVICE_TOKEN: serviceToken, MAIL: 'off' },
    ...noServers(),
    ...env,
  })
  return { ...auth, ...createClient(auth.url) }
}
