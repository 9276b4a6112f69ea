import { createTransport } from 'nodemailer'
import type { SmtpServer } from '../config/mail-variables.ts'
import { noteContentSent } from './content-sent.ts'
import { isMailAddress, type OutgoingMail } from './outgoing-mail.ts'
import { ServerState } from './server-state.ts'
import { isServerFault, type SmtpFault, smtpFailure } from './smtp-failure.ts'

/** Hands mails to a mail server. */
export interface Mailer {
  /** Resolves with the mail server's answer when the server has accepted the mail.
   *  @throws {NotifierError} `ERR_MAIL_REJECTED`; `ERR_MAIL_DEFERRED`: it was not taken; `ERR_MAIL_DOUBTFUL`: the server got all
   *    of it, and did not say whether it took it */
  send(mail: OutgoingMail, signal: AbortSignal): Promise<string>
  /** Rejects while the mail server cannot be used, as known from the last mail or a probe at most 30 s old. */
  check(): Promise<void>
  /** Closes idle connections at once, and busy ones after their mail. May be called twice. */
  close(): Promise<void>
}

export interface SmtpMailerOptions {
  server: SmtpServer
  /** How many mails are sent at once, each on its own connection. Integer >= 1. */
  maxConnections: number
  /** Longest wait for a connection, in milliseconds; six times as long for the server's greeting. @default 10_000 */
  connectTimeoutMs?: number
  /** Longest time until the server has got the mail, in milliseconds. @default 120_000 */
  handoverTimeoutMs?: number
  /** Longest silence of the server, in milliseconds: it may look at a mail for so long before it takes it (RFC 5321, section
   *  4.5.3.2.6). @default 600_000 */
  silenceTimeoutMs?: number
}

const noAddress: SmtpFault = {
  message: 'the recipient is no e-mail address',
  code: 'EENVELOPE',
  command: 'API',
}

/** Sends mails over SMTP, on pooled connections. A failed mail is not sent again here: the job is retried instead. */
export function createSmtpMailer(options: SmtpMailerOptions): Mailer {
  const { handoverTimeoutMs = 120_000 } = options
  const transport = createTransport(transportOptions(options))
  transport.use('stream', noteContentSent)
  // An idle connection may break: the pool opens another one when it needs it.
  transport.on('error', () => {})
  const state = new ServerState(() => transport.verify())
  return {
    async send(mail, signal) {
      // nodemailer would read some texts as several addresses, in the envelope too.
      if (!isMailAddress(mail.to)) throw smtpFailure(noAddress, mail.to)
      // A server that is given up while it looks at the mail may take it, and then gets it again.
      const handover = new AbortController()
      const timer = setTimeout(() => handover.abort(), handoverTimeoutMs)
      let isHandedOver = false
      const { unsubscribeUrl, ...content } = mail
      const message = {
        ...content,
        to: { name: '', address: mail.to },
        envelope: { from: mail.from.address, to: [mail.to] },
        date: new Date(),
        headers: { 'Auto-Submitted': 'auto-generated', ...unsubscribeHeaders(unsubscribeUrl) },
        xMailer: false as const,
        disableFileAccess: true,
        disableUrlAccess: true,
        signal: AbortSignal.any([signal, handover.signal]),
        onContentSent: () => {
          isHandedOver = true
          clearTimeout(timer)
        },
      }
      try {
        const { response } = await transport.sendMail(message)
        state.answered()
        return response
      } catch (error) {
        const fault = error as Error & SmtpFault
        const failure = smtpFailure(fault, mail.to, isHandedOver)
        if (isServerFault(fault)) state.failed(failure)
        throw failure
      } finally {
        clearTimeout(timer)
      }
    },
    check: () => state.check(),
    close: async () => transport.close(),
  }
}

function transportOptions(options: SmtpMailerOptions) {
  const { server, maxConnections, connectTimeoutMs = 10_000, silenceTimeoutMs = 600_000 } = options
  return {
    pool: true as const,
    host: server.host,
    port: server.port,
    secure: server.secure,
    auth: server.login,
    // A password is never sent unencrypted, even if an attacker removes STARTTLS from the server's answers.
    requireTLS: server.login !== undefined && !isLoopback(server.host),
    maxConnections,
    maxRequeues: 0,
    // Shorter than the idle timeout of mail servers, so that a mail rarely meets a connection that the server closed.
    idleTimeout: 15_000,
    connectionTimeout: connectTimeoutMs,
    // Some servers keep their greeting back: programs that send spam do not wait for it.
    greetingTimeout: Math.min(6 * connectTimeoutMs, silenceTimeoutMs),
    dnsTimeout: connectTimeoutMs,
    socketTimeout: silenceTimeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

/** One click in the mail program ends such mails (RFC 8058). */
function unsubscribeHeaders(url: string | undefined): Record<string, string> {
  if (url === undefined) return {}
  return { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host)
}
