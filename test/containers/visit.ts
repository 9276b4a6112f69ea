import type { TestContext } from 'node:test'
import { temporaryFolder } from '../../packages/local-servers/src/testing/index.ts'
import { login, type Session } from '../support/session.ts'
import { gatewayUrl, untilReady } from './compose.ts'

export interface Visit {
  ada: Session
  /** Folder of her videos, removed after the test. */
  folder: string
}

/** A new user of the running system. */
export async function visit(t: TestContext): Promise<Visit> {
  await untilReady()
  return { ada: await login({ gatewayUrl }), folder: await temporaryFolder(t) }
}
