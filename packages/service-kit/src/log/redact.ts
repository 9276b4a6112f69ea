const secretKey = /authorization|cookie|password|passwd|secret|token|api_?key/i
const urlPassword = /([a-z][a-z\d+.-]*:\/\/[^\s:@/?#"'\\]*:)[^\s@/"'\\]+@/gi

/** Deeper values are left out: a log line is no place for them. */
const maxDepth = 8

/** Hides the password in every URL within a text: `amqp://me:pw@host` becomes `amqp://me:***@host`. */
export function hideUrlPasswords(text: string): string {
  return text.replace(urlPassword, '$1***@')
}

/** A copy of a value to be logged, with everything under a telling key (`password`, `authorization`,
 *  `accessToken`, ...) replaced by `[redacted]`, at any depth. Numbers and flags stay, as in `tokensLeft: 3`. */
export function redact(value: unknown, depth = 0): unknown {
  if (Array.isArray(value))
    return depth < maxDepth ? value.map(element => redact(element, depth + 1)) : '[nested too deep]'
  if (!isPlainObject(value)) return value
  if (depth >= maxDepth) return '[nested too deep]'
  const entries = Object.entries(value).map(([key, inner]) =>
    secretKey.test(key) && mayBeSecret(inner) ? [key, '[redacted]'] : [key, redact(inner, depth + 1)],
  )
  return Object.fromEntries(entries)
}

function mayBeSecret(value: unknown): boolean {
  return typeof value === 'string' || (typeof value === 'object' && value !== null)
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
