export type NotifierErrorCode =
  /** The owner's account no longer exists. */
  | 'ERR_USER_GONE'
  /** auth knows no such mail about an account. */
  | 'ERR_MAIL_UNKNOWN'
  /** The mail about an account must not be sent any more. */
  | 'ERR_MAIL_OBSOLETE'
  /** A delivery of a webhook need not be sent any more. */
  | 'ERR_DELIVERY_OBSOLETE'
  /** The mail server refuses this mail for good. */
  | 'ERR_MAIL_REJECTED'
  /** The mail server may have taken the mail. */
  | 'ERR_MAIL_DOUBTFUL'
  /** It may have been taken twice: it is not sent again. */
  | 'ERR_MAIL_UNCERTAIN'
  /** The mail server did not accept the mail this time. */
  | 'ERR_MAIL_DEFERRED'
  /** auth did not answer, or not as agreed. */
  | 'ERR_AUTH_UNAVAILABLE'
  /** auth does not accept our service token. */
  | 'ERR_AUTH_REFUSED'

const permanentCodes: ReadonlySet<NotifierErrorCode> = new Set([
  'ERR_USER_GONE',
  'ERR_MAIL_UNKNOWN',
  'ERR_MAIL_OBSOLETE',
  'ERR_MAIL_REJECTED',
  'ERR_MAIL_UNCERTAIN',
])

/** Base of the notifier's own errors. The message holds no e-mail address: it is stored with the job, and jobs name
 *  their owner by id only. */
export class NotifierError extends Error {
  readonly code: NotifierErrorCode
  /** Whether another attempt would fail too. */
  readonly permanent: boolean

  constructor(code: NotifierErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
    this.code = code
    this.permanent = permanentCodes.has(code)
  }
}
