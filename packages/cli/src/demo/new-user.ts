import { randomBytes } from 'node:crypto'
import type { Credentials } from './gateway-client.ts'

/** An address and a password that nobody has. */
export function newUser(): Credentials {
  return {
    email: `demo-${randomBytes(4).toString('hex')}@example.com`,
    password: randomBytes(12).toString('base64url'),
  }
}
