import { z } from 'zod'

/** Answer of `POST /login` and `POST /refresh` (RFC 6749, section 5.1). */
export const accessTokenResponse = z.object({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  /** Lifetime of the access token, in seconds. */
  expires_in: z.int(),
  /** For `POST /refresh`, once. */
  refresh_token: z.string(),
  /** How long the session lasts if it is not refreshed, in seconds. */
  refresh_expires_in: z.int(),
  /** What the token allows: scopes with spaces between them. */
  scope: z.string(),
})
export type AccessTokenResponse = z.infer<typeof accessTokenResponse>

/** Body of `POST /refresh`. */
export const refreshRequest = z.object({
  refresh_token: z.string('must be the refresh token').max(200, 'is no refresh token'),
})

/** A session of the list. */
export const sessionView = z.object({
  id: z.string(),
  /** What is logged in, in few words: `Firefox on Windows`. Absent if its name is not recognized. */
  client: z.string().optional(),
  /** The `User-Agent` of the last refresh, cut to 200 characters. */
  userAgent: z.string(),
  /** Network address of the last refresh. */
  address: z.string(),
  createdAt: z.iso.datetime(),
  /** Login or last refresh. */
  lastUsedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  /** Whether the request itself belongs to this session. */
  current: z.boolean(),
})
export type SessionView = z.infer<typeof sessionView>

/** Answer of `GET /account/sessions`, last used first. */
export const sessionList = z.object({ sessions: z.array(sessionView) })
export type SessionList = z.infer<typeof sessionList>
