export interface MailAddress {
  /** What mail programs show; may be empty. */
  name: string
  /** `local@domain` alone. */
  address: string
}

export interface OutgoingMail {
  from: MailAddress
  /** One address, `local@domain` alone. */
  to: string
  subject: string
  text: string
  html: string
  /** With its angle brackets. */
  messageId: string
}

/** Hands mails to a mail server. */
export interface Mailer {
  /** Resolves when the mail server has taken the mail, with what it answered.
   *  @throws {NotifierError} `ERR_MAIL_REJECTED`, `ERR_MAIL_DEFERRED` */
  send(mail: OutgoingMail, signal: AbortSignal): Promise<string>
  /** Rejects while the mail server cannot be used, as of the last mail or a look at most 30 s old. */
  check(): Promise<void>
  /** Lets mails under way finish. May be called twice. */
  close(): Promise<void>
}
