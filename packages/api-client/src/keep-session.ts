import { ApiError } from './api-error.ts'
import { type ApiClient, dataOf, type TokenSource } from './create-client.ts'
import type { operations } from './openapi.gen.ts'

/** What a login answers. */
export type SessionTokens = operations['refresh']['responses'][200]['content']['application/json']

export interface SessionOptions {
  /** Time that goes by, in milliseconds. @default performance.now */
  now?: () => number
}

/** Part of an access token's lifetime after which the next one is fetched: one of ten minutes is renewed after nine. */
const renewAfter = 0.9
/** Wait after a refresh that failed, in milliseconds, if the answer names none. */
const pauseMs = 5_000

/** Access tokens of a session: renewed by its refresh token shortly before they expire, and when one is refused.
 *  @param client - sends the refreshes; needs no token
 *  @param first - what the login answered
 *  @returns a source that rejects with `ApiError` when the token has expired and there is no next one */
export function keepSession(
  client: ApiClient,
  first: SessionTokens,
  { now = () => performance.now() }: SessionOptions = {},
): TokenSource {
  let tokens = first
  let renewAt = renewalOf(first)
  let failed: { error: unknown; until: number } | undefined
  let renewing: Promise<void> | undefined

  function renewalOf({ expires_in }: SessionTokens): number {
    return now() + expires_in * 1_000 * renewAfter
  }

  async function renew(): Promise<void> {
    if (failed && now() < failed.until) throw failed.error
    try {
      tokens = await dataOf(client.POST('/refresh', { body: { refresh_token: tokens.refresh_token } }))
      renewAt = renewalOf(tokens)
      failed = undefined
    } catch (error) {
      const waitMs = error instanceof ApiError ? error.retryAfterMs : undefined
      failed = { error, until: now() + (waitMs ?? pauseMs) }
      throw error
    }
  }

  return async refused => {
    const isRefused = refused === tokens.access_token
    if (!isRefused && now() < renewAt) return tokens.access_token
    // A refresh token is good for one use: requests at the same time share the refresh.
    renewing ??= renew().finally(() => {
      renewing = undefined
    })
    await renewing.catch(error => {
      // The token that is about to expire still works.
      if (isRefused) throw error
    })
    return tokens.access_token
  }
}
