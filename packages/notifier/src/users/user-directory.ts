import { type User, user, userUnknown } from '@jackalope/contracts'
import { NotifierError } from '../notifier-error.ts'

/** Finds users' mail addresses. */
export interface UserDirectory {
  /** @throws {NotifierError} `ERR_USER_GONE`, `ERR_AUTH_REFUSED`, `ERR_AUTH_UNAVAILABLE` */
  find(userId: string, signal: AbortSignal): Promise<User>
}

export interface UserDirectoryOptions {
  /** Address of auth, without a trailing slash. */
  authUrl: string
  serviceToken: string
  /** Longest wait for an answer, in milliseconds. @default 5_000 */
  timeoutMs?: number
}

/** Asks auth for every mail: a cached address could outlive the account. */
export function createUserDirectory(options: UserDirectoryOptions): UserDirectory {
  const { authUrl, serviceToken, timeoutMs = 5_000 } = options
  return {
    async find(userId, signal) {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
      const request = {
        headers: { authorization: `Bearer ${serviceToken}`, accept: 'application/json' },
        // A redirect would send the token to another server.
        redirect: 'error',
        signal: limit,
      } as const
      try {
        const response = await fetch(`${authUrl}/internal/users/${encodeURIComponent(userId)}`, request)
        if (response.status !== 200)
          throw authFailure(response.status, userId, await readProblemCode(response))
        return readUser(await response.json(), userId)
      } catch (error) {
        if (error instanceof NotifierError) throw error
        throw new NotifierError('ERR_AUTH_UNAVAILABLE', `auth cannot be asked: ${reasonOf(error)}`, {
          cause: error,
        })
      }
    },
  }
}

/** What an answer of auth other than 200 means for a mail. Permanent is only auth's own `user-unknown`: any other
 *  server answers an unknown path with 404, too.
 *  @param code - of the problem details in the answer, if there are any. */
export function authFailure(status: number, userId: string, code?: unknown): NotifierError {
  if (status === 404 && code === userUnknown)
    return new NotifierError('ERR_USER_GONE', `User ${userId} no longer exists, so nobody can be notified`)
  if (status === 401 || status === 403)
    return new NotifierError(
      'ERR_AUTH_REFUSED',
      `auth refuses our service token (${status}); give auth and notifier the same SERVICE_TOKEN`,
    )
  if (status === 404)
    return new NotifierError(
      'ERR_AUTH_UNAVAILABLE',
      `AUTH_URL answers 404 to a question about a user; is it the address of auth?`,
    )
  return new NotifierError('ERR_AUTH_UNAVAILABLE', `auth answered ${status} when asked for user ${userId}`)
}

function readUser(body: unknown, userId: string): User {
  const parsed = user.safeParse(body)
  if (parsed.success && parsed.data.id === userId) return parsed.data
  throw new NotifierError('ERR_AUTH_UNAVAILABLE', `auth's answer is not user ${userId}`)
}

async function readProblemCode(response: Response): Promise<unknown> {
  try {
    const problem: unknown = await response.json()
    return (problem as { code?: unknown } | null)?.code
  } catch {
    return undefined
  }
}

/** The message of fetch's error is only "fetch failed"; its cause has the reason. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error
  return cause instanceof Error ? cause.message || String((cause as NodeJS.ErrnoException).code) : message
}
