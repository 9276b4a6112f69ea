import { type AccessTokenResponse, sessionScope } from '@jackalope/contracts'
import type { OpenSession } from '../sessions/sessions.ts'
import type { AccessTokens } from './access-tokens.ts'

/** The answer to a login or refresh (RFC 6749, section 5.1). */
export async function tokenResponse(
  tokens: AccessTokens,
  { account, sessionId, refreshToken, expiresAt }: OpenSession,
): Promise<AccessTokenResponse> {
  return {
    access_token: await tokens.issue({ ...account, sessionId }, sessionScope),
    token_type: 'Bearer',
    expires_in: tokens.ttlSeconds,
    refresh_token: refreshToken,
    refresh_expires_in: Math.max(0, Math.floor((expiresAt.getTime() - Date.now()) / 1_000)),
    scope: sessionScope,
  }
}
