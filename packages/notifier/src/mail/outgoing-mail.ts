import { createHash } from 'node:crypto'

export interface MailAddress {
  /** The name that mail programs show; may be empty. */
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
  /** Where one POST ends such mails (RFC 8058). @default nowhere */
  unsubscribeUrl?: string
}

/** Whether the text is exactly one address, `local@domain`. The local part is stricter than RFC 5322 (ASCII, no
 *  quotes), so that no mail program reads the text as two addresses. `localhost` passes as a domain. */
export function isMailAddress(text: string): boolean {
  return text.length <= 254 && /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z\d](?:[a-z\d.-]*[a-z\d])?$/i.test(text)
}

/** Message-ID (RFC 5322, section 3.6.4) of the mail about a job or an account. Every attempt to send the mail has the same
 *  Message-ID, so that two copies can be recognized. Its domain is the sender's.
 *  @param kind - tells mails of the same id apart. */
export function messageIdOf(
  id: string,
  senderAddress: string,
  kind: 'audio-ready' | 'conversion-failed' | 'account' = 'audio-ready',
): string {
  const domain = senderAddress.slice(senderAddress.lastIndexOf('@') + 1).toLowerCase()
  // Other characters and very long ids are not allowed in a header: their hash stands in.
  const name = /^[\w-]{1,64}$/.test(id) ? id : createHash('sha256').update(id).digest('hex')
  return `<${kind}.${name}@${domain}>`
}
