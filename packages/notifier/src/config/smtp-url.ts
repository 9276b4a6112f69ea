import { hideUrlPasswords, textValue } from '@jackalope/service-kit'

/** The mail server as SMTP_URL names it. */
export interface SmtpServer {
  host: string
  /** `undefined`: 465 with TLS from the start, else 587 (RFC 8314, RFC 6409). */
  port: number | undefined
  /** TLS from the start (`smtps`). Without it, STARTTLS is used where the server offers it. */
  secure: boolean
  login: { user: string; pass: string } | undefined
}

const expected = 'an address such as smtps://user:password@mail.example.com:465, or MAIL=off to send no mail'

/** `smtp://` or `smtps://`, with user and password (percent-encoded) where the server wants them. */
export function smtpUrl() {
  return textValue(expected, (text): SmtpServer => {
    // What cannot be parsed is not shown: a password may be anywhere in it.
    if (!URL.canParse(text)) throw new Error(`expected ${expected}; what is set is no such address`)
    const url = new URL(text)
    const got = `got ${JSON.stringify(hideUrlPasswords(text))}`
    if (!['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '')
      throw new Error(`expected ${expected}, ${got}`)
    if (!['', '/'].includes(url.pathname) || url.search || url.hash)
      throw new Error(`expected ${expected}, without path, query or fragment, ${got}`)
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
