import type { AccessTokenClaims } from './access-token.ts'
import { parseScope, type Scope } from './scopes.ts'

/** Who sent a request. */
export interface RequestUser {
  id: string
  roles: readonly string[]
  scopes: readonly Scope[]
  /** The session that the access token belongs to; absent for an API key. */
  sessionId?: string
  /** Whether the user has confirmed his mail address. */
  emailVerified: boolean
  /** When the access token expires: streams end then. Of an API key, ten minutes after it was checked. */
  tokenExpiresAt?: Date
}

/** Whom an access token speaks for. */
export function userOfClaims(claims: AccessTokenClaims): RequestUser {
  return {
    id: claims.sub,
    roles: claims.roles,
    scopes: parseScope(claims.scope),
    sessionId: claims.sid,
    emailVerified: claims.email_verified,
    tokenExpiresAt: new Date(claims.exp * 1_000),
  }
}
