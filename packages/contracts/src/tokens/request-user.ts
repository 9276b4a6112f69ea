import type { SessionHolder } from '../browser-session.ts'
import type { AccessTokenClaims } from './access-token.ts'
import { parseScope, type Scope } from './scopes.ts'

/** Who sent a request. */
export interface RequestUser {
  id: string
  roles: readonly string[]
  scopes: readonly Scope[]
  /** The session that the access token belongs to, or that of a browser; absent for an API key. */
  sessionId?: string
  /** Whether the user has confirmed his mail address. */
  emailVerified: boolean
  /** When the access token expires: streams end then. Of an API key, ten minutes after it was checked; of the session of a
   *  browser, two. */
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

/** How long a stream goes on after the session of its browser was checked, in milliseconds: signing out ends it as soon. */
const streamMs = 2 * 60_000

/** Whom the session of a browser speaks for. */
export function userOfSession({ sessionId, user, scopes, expiresAt }: SessionHolder): RequestUser {
  return {
    ...{ id: user.id, roles: user.roles, scopes, sessionId, emailVerified: user.verified },
    tokenExpiresAt: new Date(Math.min(Date.now() + streamMs, Date.parse(expiresAt))),
  }
}
