import { randomUUID } from 'node:crypto'
import {
  type AccessTokenClaims,
  accessTokenClaims,
  readTokenHeader,
  tokenAudience,
  tokenIssuer,
  tokenType,
} from '@jackalope/contracts'
import { jwtVerify, SignJWT } from 'jose'
import type { KeyRing } from './key-ring.ts'

/** Whom an access token speaks for. */
export interface TokenHolder {
  id: string
  roles: readonly string[]
  emailVerified: boolean
  sessionId: string
}

export interface AccessTokens {
  /** Lifetime in seconds. */
  readonly ttlSeconds: number
  /** @param scope - names with spaces between them */
  issue(holder: TokenHolder, scope: string): Promise<string>
  /** The token's claims; `undefined` if it is malformed or expired, or has another signature or audience. */
  verify(token: string): Promise<AccessTokenClaims | undefined>
}

/** Access tokens: JSON Web Tokens (RFC 7519) in the profile of RFC 9068. */
export function createAccessTokens({
  keys,
  ttlSeconds,
}: {
  keys: KeyRing
  ttlSeconds: number
}): AccessTokens {
  return {
    ttlSeconds,
    async issue({ id, roles, emailVerified, sessionId }, scope) {
      const { algorithm, id: kid, key } = keys.signing
      const issuedAt = Math.floor(Date.now() / 1_000)
      return await new SignJWT({ roles: [...roles], sid: sessionId, scope, email_verified: emailVerified })
        .setProtectedHeader({ alg: algorithm, typ: tokenType, kid })
        .setIssuer(tokenIssuer)
        .setAudience(tokenAudience)
        .setSubject(id)
        .setJti(randomUUID())
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + ttlSeconds)
        .sign(key)
    },
    async verify(token) {
      const header = readTokenHeader(token)
      const key = header && keys.find(header)
      if (!key) return undefined
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: [header.alg],
          issuer: tokenIssuer,
          audience: tokenAudience,
          typ: tokenType,
        })
        return accessTokenClaims.parse(payload)
      } catch {
        return undefined
      }
    },
  }
}
