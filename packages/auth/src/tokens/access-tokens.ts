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
  /** `undefined` if the token is malformed, expired, signed otherwise, or meant for somebody else. */
  verify(token: string): AccessTokenClaims | undefined
}

/** Access tokens are JSON Web Tokens (RFC 7519), signed by HMAC: whoever has the secret can make them too. */
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
        // The algorithm is ours to choose, not the token's (RFC 8725, section 3.1).
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
