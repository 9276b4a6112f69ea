import { type InternalUser, internalUser, userUnknown } from '@jackalope/contracts'
import { NotifierError } from '../notifier-error.ts'
import { type AuthOptions, askAuth } from './ask-auth.ts'

/** Finds users' mail addresses, and whether they may be used. */
export interface UserDirectory {
  /** @throws {NotifierError} `ERR_USER_GONE`, `ERR_AUTH_REFUSED`, `ERR_AUTH_UNAVAILABLE` */
  find(userId: string, signal: AbortSignal): Promise<InternalUser>
}

export function createUserDirectory(options: AuthOptions): UserDirectory {
  return {
    find: (userId, signal) => {
      const gone = () =>
        new NotifierError('ERR_USER_GONE', `User ${userId} no longer exists, so nobody can be notified`)
      const question = {
        path: `/internal/users/${encodeURIComponent(userId)}`,
        what: `user ${userId}`,
        schema: internalUser,
        isRight: ({ id }: InternalUser) => id === userId,
        verdicts: { [userUnknown]: gone },
      }
      return askAuth(options, question, signal)
    },
  }
}
