import { randomUUID } from 'node:crypto'
import {
  type AccessTokenClaims,
  accessTokenClaims,
  tokenAlgorithm,
  tokenAudience,
  tokenIssuer,
} from '@jackalope/contracts'
import jwt from 'jsonwebtoken'

export interface AccessTokens {
  /** Lifetime in seconds. */
  readonly ttlSeconds: number
  issue(holder: { id: string; roles: readonly string[] }): string
  /** The token's claims; `undefined` if it is malformed or expired, or has another signature or audience. */
  verify(token: string): AccessTokenClaims | undefined
}

/** Access tokens: JSON Web Tokens (RFC 7519) signed with HMAC. Whoever has the secret can also make tokens. */
export function createAccessTokens({
  secret,
  ttlSeconds,
}: {
  secret: string
  ttlSeconds: number
}): AccessTokens {
  return {
    ttlSeconds,
    issue: ({ id, roles }) =>
      jwt.sign({ roles }, secret, {
        algorithm: tokenAlgorithm,
        issuer: tokenIssuer,
        audience: tokenAudience,
        subject: id,
        jwtid: randomUUID(),
        expiresIn: ttlSeconds,
      }),
    verify(token) {
      try {
        // The verifier chooses the algorithm, not the token (RFC 8725, section 3.1).
        const claims = jwt.verify(token, secret, {
          algorithms: [tokenAlgorithm],
          issuer: tokenIssuer,
          audience: tokenAudience,
        })
        return accessTokenClaims.parse(claims)
      } catch {
        return undefined
      }
    },
  }
}
