import { NotifierError } from '../notifier-error.ts'

/** What an answer of auth other than 200 means for a mail. Only 404 is final. */
export function authFailure(status: number, userId: string): NotifierError {
  if (status === 404)
    return new NotifierError('ERR_USER_GONE', `User ${userId} no longer exists, so nobody can be notified`)
  if (status === 401 || status === 403)
    return new NotifierError(
      'ERR_AUTH_REFUSED',
      `auth refuses our service token (${status}); give auth and notifier the same SERVICE_TOKEN`,
    )
  return new NotifierError('ERR_AUTH_UNAVAILABLE', `auth answered ${status} when asked for user ${userId}`)
}
