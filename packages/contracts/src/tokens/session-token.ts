import { randomBytes } from 'node:crypto'

const prefix = 'jps_'
const form = /^jps_[\w-]{43}$/

/** Whether a text has the form of the secret of a browser's session: `jps_` and 256 random bits. Neither an access token nor an
 *  API key ever has. */
export function isSessionToken(text: string): boolean {
  return form.test(text)
}

/** A new secret of a browser's session. Scanners of logs and repositories find it by its prefix. */
export function makeSessionToken(): string {
  return prefix + randomBytes(32).toString('base64url')
}
