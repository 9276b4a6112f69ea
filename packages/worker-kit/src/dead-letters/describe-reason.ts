import { inspect } from 'node:util'
import { shorten } from '../shorten.ts'

/** Longest text of a reason, in characters. */
const MAX_REASON_CHARS = 10_000

/** Most properties of an object that are shown. */
const MAX_KEYS = 1_000

/** Says why a job failed, from whatever stands as the message of its error: in JavaScript anything can. Never throws.
 *  @returns a text of 1 to 10,000 characters */
export function describeReason(reason: unknown): string {
  if (typeof reason === 'string' && reason !== '') return shorten(reason, MAX_REASON_CHARS)
  if (reason === undefined || reason === null || reason === '') return 'The error has no message'
  return shorten(messageOf(reason) ?? inspected(reason), MAX_REASON_CHARS)
}

/** Says what was thrown, from whatever a processor threw. Never throws.
 *  @returns a text of 1 to 10,000 characters */
export function describeThrown(thrown: unknown): string {
  if (typeof thrown === 'string') return describeReason(thrown)
  const message = messageOf(thrown)
  if (message !== undefined) return shorten(message, MAX_REASON_CHARS)
  return shorten(`${inspected(thrown)} was thrown, which is no error with a message`, MAX_REASON_CHARS)
}

/** Stack traces of all attempts as texts. Never throws.
 *  @param json - as BullMQ stores them: an array, of texts unless an error's `stack` was something else */
export function parseStacktraces(json: string | undefined): string[] {
  try {
    const traces: unknown = JSON.parse(json ?? '[]')
    return Array.isArray(traces) ? traces.map(describeReason) : []
  } catch {
    return []
  }
}

/** Whether showing all properties would take long. Of arrays `inspect` shows the first elements alone. */
function isWide(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !ArrayBuffer.isView(value) &&
    Object.keys(value).length > MAX_KEYS
  )
}

/** The message of an error, if there is one; a message that is no text is shown as one. */
function messageOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  try {
    const { message } = value as { message?: unknown }
    if (message === undefined || message === null || message === '') return undefined
    return typeof message === 'string' ? message : inspected(message)
  } catch {
    // A getter, or a proxy, that throws.
    return undefined
  }
}

/** Shows a value on one line, without what is nested in it. */
function inspected(value: unknown): string {
  try {
    if (isWide(value)) return `an object with more than ${MAX_KEYS} properties`
    const text = inspect(value, {
      depth: 0,
      maxArrayLength: 20,
      maxStringLength: 1_000,
      breakLength: Number.POSITIVE_INFINITY,
      compact: true,
      customInspect: false,
    })
    // The further lines of an error are its stack.
    return (text.split('\n', 1) as [string])[0]
  } catch {
    return `a value of type ${typeof value} that cannot be shown`
  }
}
