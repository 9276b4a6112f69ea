import { type ConnectionFailure, tlsFailure } from './tls-failure.ts'

/** Beginnings of Redis's refusals that stay the same until somebody changes something, and what that is. */
const refusals: [begins: RegExp, advice: string][] = [
  [/^WRONGPASS/, 'Check user and password'],
  [/^NOAUTH/, 'Give user and password'],
  [/^NOPERM/, 'Check the rights of the user'],
  [/^ERR invalid password/, 'Check user and password'],
  [/^ERR DB index is out of range/, 'Check the number of the database'],
]

/** Explains an error of a connection to Redis. */
export function redisFailure(error: Error): ConnectionFailure {
  const reason = error.message.replace(/^Ready check failed: /, '')
  const refusal = refusals.find(([begins]) => begins.test(reason))
  if (refusal) return { reason: shortened(reason), advice: refusal[1], isFinal: true }
  return tlsFailure(error) ?? { reason, advice: 'Check its address, and that it runs', isFinal: false }
}

/** Takes passwords out of an error of Redis: with it ioredis hands over the command, which may be a login.
 *  @returns the same error */
export function withoutSecrets<E extends Error & { command?: { name?: string; args?: unknown } }>(
  error: E,
): E {
  if (/^(auth|hello|config|acl)$/i.test(error.command?.name ?? ''))
    error.command = { name: error.command?.name }
  return error
}

/** Redis explains HELLO at length. */
function shortened(reason: string): string {
  return reason.replace(/^NOAUTH HELLO must be called.*/s, 'NOAUTH it asks for a password')
}
