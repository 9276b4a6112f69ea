import { createHash } from 'node:crypto'
import { apiKeyHolder, apiKeyUnknown, type RequestUser } from '@jackalope/contracts'
import { tokenRefused, unavailable } from '@jackalope/service-kit'
import { LRUCache } from 'lru-cache'

/** Gives whom an API key speaks for.
 *  @throws {HttpProblem} 401 if it is unknown, revoked or expired; 503 while auth does not answer and the key is not
 *  remembered */
export type ExchangeApiKey = (key: string) => Promise<RequestUser>

export interface ApiKeyExchangeOptions {
  authUrl: string
  /** Shows auth that the gateway asks. */
  serviceToken: string
  /** How long a key is believed, in milliseconds: a revoked one is refused after so long. @default 30_000 */
  maxAgeMs?: number
  /** How long a key counts as unknown, in milliseconds. @default 10_000 */
  unknownMaxAgeMs?: number
}

/** How long a request may go on with a key that was checked at its beginning, in milliseconds: as with an access token. */
const requestMs = 10 * 60_000
/** How long auth may take to answer, in milliseconds. */
const timeoutMs = 5_000
/** Most keys that are remembered, of either kind. */
const maxEntries = 10_000
/** Most questions to auth at once; invented keys in large numbers must not flood it. */
const maxRunning = 32

/** Asks auth, and remembers the answers for a while. Requests with one key at once ask once. Unknown keys have a memory
 *  of their own: inventing many does not push out those in use. */
export function createApiKeyExchange(options: ApiKeyExchangeOptions): ExchangeApiKey {
  const { maxAgeMs = 30_000, unknownMaxAgeMs = 10_000 } = options
  const known = new LRUCache<string, RequestUser>({ max: maxEntries, ttl: maxAgeMs })
  const unknown = new LRUCache<string, true>({ max: maxEntries, ttl: unknownMaxAgeMs })
  const running = new Map<string, Promise<RequestUser | undefined>>()

  async function ask(key: string, digest: string): Promise<RequestUser | undefined> {
    const answer = await askAuth(key, options)
    if (!answer) unknown.set(digest, true)
    else known.set(digest, answer.user, { ttl: Math.min(maxAgeMs, answer.validMs) })
    return answer?.user
  }

  return async key => {
    // The memory holds no usable keys.
    const digest = createHash('sha256').update(key).digest('base64url')
    const remembered = known.get(digest)
    if (remembered) return remembered
    if (unknown.has(digest)) throw refused()
    let question = running.get(digest)
    if (!question) {
      if (running.size >= maxRunning) throw unavailable('The user service', { retryAfterSeconds: 1 })
      question = ask(key, digest).finally(() => running.delete(digest))
      running.set(digest, question)
    }
    const user = await question
    if (!user) throw refused()
    return user
  }
}

function refused() {
  return tokenRefused('The API key is not valid', { advice: 'It may have been revoked; create another one.' })
}

async function askAuth(
  key: string,
  { authUrl, serviceToken }: ApiKeyExchangeOptions,
): Promise<{ user: RequestUser; validMs: number } | undefined> {
  try {
    const response = await fetch(`${authUrl}/internal/api-keys/exchange`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${serviceToken}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ key }),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    })
    const answer = (await response.json()) as { code?: string }
    if (response.status === 404 && answer.code === apiKeyUnknown) return undefined
    if (!response.ok) throw new Error(`auth answered ${response.status} ${answer.code ?? ''}`)
    const { userId, expiresAt, ...holder } = apiKeyHolder.parse(answer)
    // A key that expires now is asked for again, never remembered for good: lru-cache takes 0 for no limit.
    const validMs = expiresAt ? Math.max(1, Date.parse(expiresAt) - Date.now()) : Number.MAX_SAFE_INTEGER
    const tokenExpiresAt = new Date(Date.now() + Math.min(requestMs, validMs))
    return { user: { ...holder, id: userId, tokenExpiresAt }, validMs }
  } catch (error) {
    throw unavailable('The user service', { cause: error })
  }
}
