import { z } from 'zod'
import { scopes } from './scopes.ts'

/** `iss` and `aud` of every access token. */
export const tokenIssuer = 'jackalope-auth'
export const tokenAudience = 'jackalope'

/** `typ` in the header of every access token (RFC 9068, section 2.1). */
export const tokenType = 'at+jwt'

/** Algorithms that an installation can choose, by JWT_ALGORITHM. */
export const tokenAlgorithms = ['HS256', 'ES256'] as const
export type TokenAlgorithm = (typeof tokenAlgorithms)[number]

/** Shortest secret that services accept: HS256 needs a key of at least 256 bits (RFC 7518, section 3.2). */
export const minSecretBytes = 32

/** Longest life of an access token, in seconds. */
export const maxTokenLifeSeconds = 86_400

/** How far the clocks of two machines may differ, in seconds. */
const clockToleranceSeconds = 60

/** Claims of an access token (RFC 7519, section 4.1, and RFC 9068, section 2.2); times in seconds since the epoch. */
export const accessTokenClaims = z
  .object({
    iss: z.literal(tokenIssuer),
    aud: z.literal(tokenAudience),
    /** The user's id. */
    sub: z.string().min(1),
    jti: z.string().min(1),
    iat: z.int(),
    exp: z.int(),
    roles: z.array(z.string()),
    /** The session that the token belongs to; absent for an API key. */
    sid: z.string().optional(),
    /** What the token allows: names of scopes with spaces between them (RFC 8693, section 4.2). */
    scope: z.string(),
    /** Whether the user has confirmed his mail address. */
    email_verified: z.boolean(),
  })
  .refine(({ iat, exp }) => exp > iat && exp - iat <= maxTokenLifeSeconds, 'lives longer than tokens may')
  .refine(({ iat }) => iat <= Date.now() / 1_000 + clockToleranceSeconds, 'comes from the future')
export type AccessTokenClaims = z.infer<typeof accessTokenClaims>

/** Scope of a session's tokens: everything. */
export const sessionScope = scopes.join(' ')
