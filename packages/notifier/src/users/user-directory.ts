import { type User, user } from '@jackalope/contracts'
import { NotifierError } from '../notifier-error.ts'
import { authFailure } from './auth-failure.ts'

/** Knows where users can be reached. */
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

/** Asks auth, each time: an address kept here would outlive the account. */
export function createUserDirectory(options: UserDirectoryOptions): UserDirectory {
  const { authUrl, serviceToken, timeoutMs = 5_000 } = options
  return {
    async find(userId, signal) {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
      const request = {
        headers: { authorization: `Bearer ${serviceToken}`, accept: 'application/json' },
        // The token is for auth alone: it follows no redirect.
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

function readUser(body: unknown, userId: string): User {
  const parsed = user.safeParse(body)
  if (parsed.success && parsed.data.id === userId) return parsed.data
  throw new NotifierError('ERR_AUTH_UNAVAILABLE', `auth gave something else than user ${userId}`)
}

async function readProblemCode(response: Response): Promise<unknown> {
  try {
    const problem: unknown = await response.json()
    return (problem as { code?: unknown } | null)?.code
  } catch {
    return undefined
  }
}

/** fetch says only "fetch failed"; why is in the cause. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error
  return cause instanceof Error ? cause.message || String((cause as NodeJS.ErrnoException).code) : message
}
