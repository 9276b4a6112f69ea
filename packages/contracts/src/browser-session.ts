import { z } from 'zod'
import { currentPassword } from './accounts.ts'
import { scopes } from './tokens/scopes.ts'

/** Role of users without an address, who are removed with their files after a while. */
export const guestRole = 'guest'

/** Header by which the gateway names the session of a browser to auth. It counts beside the service token alone, since the
 *  gateway has checked that the request comes from a page of ours. */
export const sessionTokenHeader = 'X-Session-Token'

/** Body of `POST /session`. */
export const signIn = z.object({
  email: z.string('must be an e-mail address').max(254, 'must have at most 254 characters'),
  password: currentPassword,
})
export type SignIn = z.infer<typeof signIn>

/** Who is signed in with a browser. */
export const sessionUser = z
  .object({
    id: z.string(),
    email: z.string().optional().describe('Absent for a guest.'),
    roles: z.array(z.string()),
    verified: z
      .boolean()
      .describe('Whether the address is confirmed, or need not be. Until then uploads are few.'),
    guest: z.boolean().describe('Whether this is a guest: without an account, an address, and a way back.'),
    expiresAt: z.iso
      .datetime()
      .optional()
      .describe('Of a guest: when the session ends, and all files are removed.'),
  })
  .meta({ id: 'SessionUser' })
export type SessionUser = z.infer<typeof sessionUser>

/** Answer of `POST /session` and `POST /session/guest`. */
export const startedSession = z.object({ user: sessionUser })
export type StartedSession = z.infer<typeof startedSession>

/** Answer of `GET /session`. */
export const sessionState = z.object({
  user: sessionUser.nullable().describe('`null` if nobody is signed in.'),
})
export type SessionState = z.infer<typeof sessionState>

/** Whom a browser's session speaks for: answer of auth's `POST /internal/browser-sessions/exchange`. */
export const sessionHolder = z.object({
  sessionId: z.string(),
  user: sessionUser,
  scopes: z.array(z.enum(scopes)),
  /** When the session ends if it is not used. */
  expiresAt: z.iso.datetime(),
})
export type SessionHolder = z.infer<typeof sessionHolder>

/** Body of auth's endpoints that take the secret of a browser's session. */
export const sessionSecret = z.object({ token: z.string().max(100) })

/** A session that auth has begun for a browser. */
export const openedSession = sessionHolder.extend({
  /** Shown this once; only its hash is stored. */
  token: z.string(),
})
export type OpenedSession = z.infer<typeof openedSession>

/** `code` of the 404 of the exchange: the session is unknown or has ended, or its user is locked. */
export const sessionSecretUnknown = 'session-secret-unknown'
