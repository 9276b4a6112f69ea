import { apiKeyHolder, apiKeyUnknown, type RequestUser } from '@jackalope/contracts'
import { tokenRefused, unavailable } from '@jackalope/service-kit'
import { type AnswerAbout, createAnswerMemory } from './remember-answers.ts'

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

export function createApiKeyExchange(options: ApiKeyExchangeOptions): ExchangeApiKey {
  const { maxAgeMs = 30_000, unknownMaxAgeMs = 10_000 } = options
  const memory = createAnswerMemory<RequestUser>({
    ask: key => askAuth(key, options),
    maxAgeMs,
    unknownMaxAgeMs,
  })
  return async key => {
    const user = await memory.find(key)
    if (!user)
      throw tokenRefused('The API key is not valid', {
        advice: 'It may have been revoked; create another one.',
      })
    return user
  }
}

async function askAuth(
  key: string,
  { authUrl, serviceToken }: ApiKeyExchangeOptions,
): Promise<AnswerAbout<RequestUser> | undefined> {
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
    return { value: { ...holder, id: userId, tokenExpiresAt }, validMs }
  } catch (error) {
    throw unavailable('The user service', { cause: error })
  }
}
