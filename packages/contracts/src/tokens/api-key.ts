import { randomBytes } from 'node:crypto'

const prefix = 'jackalope_'
const form = /^jackalope_[\w-]{43}$/

/** Whether a text has the form of an API key: `jackalope_` and 256 random bits. An access token never has. */
export function isApiKey(text: string): boolean {
  return form.test(text)
}

/** Whether a text is meant as an API key: one that was copied in part is none. */
export function isMeantAsApiKey(text: string): boolean {
  return text.startsWith(prefix)
}

/** A new API key. Scanners of repositories find it by its prefix. */
export function makeApiKey(): string {
  return prefix + randomBytes(32).toString('base64url')
}
