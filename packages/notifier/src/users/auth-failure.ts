import { userUnknown } from '@jackalope/contracts'
import { NotifierError } from '../notifier-error.ts'

/** What an answer of auth other than 200 means for a mail. Only auth's own word that there is no such user is final:
 *  any other server says 404, too, to a question that it does not know.
 *  @param code - of the problem in the answer, if there is one. */
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
      `What answers at AUTH_URL knows nothing of users (404); is it auth's address?`,
    )
  return new NotifierError('ERR_AUTH_UNAVAILABLE', `auth answered ${status} when asked for user ${userId}`)
}
