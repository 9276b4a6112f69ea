import { NotifierError } from '../notifier-error.ts'

/** What nodemailer reports about a mail that was not sent. */
export interface SmtpFault {
  message: string
  /** nodemailer's class of the error, such as `EENVELOPE` or `EAUTH`. */
  code?: string
  /** The command that the server refused, such as `RCPT TO`; `API` when nodemailer refused the mail itself. */
  command?: string
  /** The server's three digits (RFC 5321, section 4.2). */
  responseCode?: number
}

/** The server demands a login, or refuses ours (RFC 4954, section 6). Our settings are wrong, not the recipient. */
const loginDemanded: ReadonlySet<number> = new Set([530, 534, 535, 538])

/** Tells permanent failures (`ERR_MAIL_REJECTED`) from temporary ones (`ERR_MAIL_DEFERRED`) and doubtful ones
 *  (`ERR_MAIL_DOUBTFUL`).
 *
 *  Permanent are 5yz answers to `RCPT TO` and `DATA`, and addresses that SMTP cannot express. A 5yz answer to anything
 *  else (connecting, login, `MAIL FROM`) is about our settings: an operator can correct them, so the mail is kept.
 *  @param recipient - hidden wherever the message repeats it
 *  @param isHandedOver - whether the server had got all of the mail: without an answer it may have taken it */
export function smtpFailure(fault: SmtpFault, recipient: string, isHandedOver = false): NotifierError {
  const reason = hideAddress(fault.message, recipient)
  if (isAboutRecipient(fault))
    return new NotifierError('ERR_MAIL_REJECTED', `The mail server refuses this mail for good: ${reason}`)
  if (isHandedOver && fault.responseCode === undefined)
    return new NotifierError(
      'ERR_MAIL_DOUBTFUL',
      `The mail server got the mail, and did not say whether it took it: ${reason}`,
    )
  const advice = adviceFor(fault)
  return new NotifierError(
    'ERR_MAIL_DEFERRED',
    `The mail server did not accept the mail: ${reason}${advice && `; ${advice}`}`,
  )
}

/** Whether the mail server cannot be used at all; otherwise the failure concerns one mail. */
export function isServerFault({ code, command, responseCode = 0 }: SmtpFault): boolean {
  const aboutOneMail = code === 'EENVELOPE' || code === 'EMESSAGE' || code === 'EABORT'
  return !aboutOneMail || command === 'MAIL FROM' || loginDemanded.has(responseCode)
}

function isAboutRecipient({ code, command, responseCode }: SmtpFault): boolean {
  if (responseCode === undefined) return code === 'EENVELOPE' && command === 'API'
  const refused = responseCode >= 500 && responseCode <= 599 && !loginDemanded.has(responseCode)
  return refused && (command === 'RCPT TO' || command === 'DATA')
}

function adviceFor({ code, command, responseCode = 0 }: SmtpFault): string {
  if (code === 'EAUTH' || loginDemanded.has(responseCode)) return 'look at user and password in SMTP_URL'
  if (code === 'ETLS') return "look at the scheme of SMTP_URL and at the mail server's certificate"
  if (command === 'MAIL FROM' && responseCode >= 500) return 'look at MAIL_FROM'
  return ''
}

function hideAddress(text: string, address: string): string {
  const pattern = address.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  return address === '' ? text : text.replace(new RegExp(pattern, 'gi'), '[address]')
}
