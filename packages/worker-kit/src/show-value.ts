import { inspect } from 'node:util'
import { shorten } from './shorten.ts'

const MAX_SHOWN_CHARS = 60

/** A wrong value as errors show it. It may be an address or the options of a connection, given to the wrong function: of an address
 *  user and password are left out, of an object its values are. */
export function showValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(shorten(withoutCredentials(value), MAX_SHOWN_CHARS))
  return shorten(isComposed(value) ? showNames(value) : inspect(value), MAX_SHOWN_CHARS)
}

function withoutCredentials(text: string): string {
  return text.replace(/^([a-z][a-z\d+.-]*:\/\/).*@/is, '$1')
}

function isComposed(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function showNames(value: object): string {
  if (Array.isArray(value)) return `a list of ${value.length}`
  const kind = Object.getPrototypeOf(value)?.constructor?.name ?? 'Object'
  if (kind !== 'Object') return `an object of class ${kind}`
  const names = Object.keys(value)
  return names.length === 0 ? 'an empty object' : `an object with ${names.join(', ')}`
}
