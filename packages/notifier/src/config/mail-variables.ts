import { hideUrlPasswords, textValue } from '@jackalope/service-kit'
import parseAddresses from 'nodemailer/lib/addressparser'
import { isMailAddress, type MailAddress } from '../mail/outgoing-mail.ts'

/** The mail server as SMTP_URL names it. */
export interface SmtpServer {
  host: string
  /** @default 465 with TLS from the start, else 587 (RFC 8314, RFC 6409) */
  port: number | undefined
  /** TLS from the start (`smtps`). Otherwise STARTTLS is used where the server offers it. */
  secure: boolean
  login: { user: string; pass: string } | undefined
}

const expectedUrl =
  'an address such as smtps://user:password@mail.example.com:465, or MAIL=off to send no mail'
const expectedAddress = 'an address such as Jackalope <noreply@example.com>'

/** `smtp://` or `smtps://`, with user and password (percent-encoded) where the server wants them. */
export function smtpUrl() {
  return textValue(expectedUrl, (text): SmtpServer => {
    // The message does not show what cannot be parsed: a password may be anywhere in it.
    if (!URL.canParse(text)) throw new Error(`expected ${expectedUrl}; what is set is no such address`)
    const url = new URL(text)
    const got = `got ${JSON.stringify(hideUrlPasswords(text))}`
    if (!['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '')
      throw new Error(`expected ${expectedUrl}, ${got}`)
    if (!['', '/'].includes(url.pathname) || url.search || url.hash)
      throw new Error(`expected ${expectedUrl}, without path, query or fragment, ${got}`)
    return {
      host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
      port: url.port === '' ? undefined : Number(url.port),
      secure: url.protocol === 'smtps:',
      login: url.username === '' ? undefined : { user: decode(url.username), pass: decode(url.password) },
    }
  })
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new Error('user and password must be percent-encoded: write "%" as "%25"')
  }
}

/** One mailbox, as in `Jackalope <noreply@example.com>` or `noreply@example.com`. */
export function mailAddress() {
  return textValue(expectedAddress, (text): MailAddress => {
    const [mailbox, ...others] = parseAddresses(text)
    const isOne = mailbox && !mailbox.group && others.length === 0 && !/\p{Cc}/u.test(text)
    // The parser would read `a b@example.com` as an address with a name before it.
    const isMistyped = mailbox?.name !== '' && !text.includes('<')
    if (!isOne || isMistyped || !isMailAddress(mailbox.address))
      throw new Error(`expected ${expectedAddress}, got ${JSON.stringify(text)}`)
    return { name: mailbox.name, address: mailbox.address }
  })
}
