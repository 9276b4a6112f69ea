export type NotifierErrorCode =
  /** The owner's account no longer exists. */
  | 'ERR_USER_GONE'
  /** The mail server will never take this mail for this recipient. */
  | 'ERR_MAIL_REJECTED'
  /** The mail server did not take the mail this time. */
  | 'ERR_MAIL_DEFERRED'
  /** auth did not answer, or not as agreed. */
  | 'ERR_AUTH_UNAVAILABLE'
  /** auth does not accept our service token. */
  | 'ERR_AUTH_REFUSED'

const permanentCodes: ReadonlySet<NotifierErrorCode> = new Set(['ERR_USER_GONE', 'ERR_MAIL_REJECTED'])

/** Every error that the notifier throws on its own account. Its message holds no e-mail address: it is kept with
 *  the job, and a job knows its owner by id alone. */
export class NotifierError extends Error {
  readonly code: NotifierErrorCode
  /** Trying again will not help. */
  readonly permanent: boolean

  constructor(code: NotifierErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
    this.code = code
    this.permanent = permanentCodes.has(code)
  }
}
