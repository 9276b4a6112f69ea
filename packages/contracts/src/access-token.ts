import { z } from 'zod'

/** `iss` and `aud` of every access token. */
export const tokenIssuer = 'jackalope-auth'
export const tokenAudience = 'jackalope'

/** The only algorithm that a verifier accepts. */
export const tokenAlgorithm = 'HS256'

/** Shortest secret that services accept: HS256 needs a key of at least 256 bits (RFC 7518, section 3.2). */
export const minSecretBytes = 32

/** Claims of an access token (RFC 7519, section 4.1); times in seconds since the epoch. */
export const accessTokenClaims = z.object({
  iss: z.literal(tokenIssuer),
  aud: z.literal(tokenAudience),
  /** The user's id. */
  sub: z.string().min(1),
  jti: z.string().min(1),
  iat: z.number(),
  exp: z.number(),
  roles: z.array(z.string()),
})
export type AccessTokenClaims = z.infer<typeof accessTokenClaims>
