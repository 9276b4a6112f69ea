import { createTransport } from 'nodemailer'
import type { SmtpServer } from '../config/mail-variables.ts'
import { isMailAddress, type OutgoingMail } from './outgoing-mail.ts'
import { ServerState } from './server-state.ts'
import { isServerFault, type SmtpFault, smtpFailure } from './smtp-failure.ts'

/** Hands mails to a mail server. */
export interface Mailer {
  /** Resolves with the mail server's answer when the server has accepted the mail.
   *  @throws {NotifierError} `ERR_MAIL_REJECTED`, `ERR_MAIL_DEFERRED` */
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
  /** Longest wait for a connection, and for the server's greeting, in milliseconds. @default 10_000 */
  connectTimeoutMs?: number
  /** Longest silence of the server after its greeting, in milliseconds. @default 20_000 */
  silenceTimeoutMs?: number
}

const noAddress: SmtpFault = {
  message: 'the recipient is no e-mail address',
  code: 'EENVELOPE',
  command: 'API',
}

/** Sends mails over SMTP, on pooled connections. A failed mail is not sent again here: the job is retried instead. */
export function createSmtpMailer(options: SmtpMailerOptions): Mailer {
  const transport = createTransport(transportOptions(options))
  // An idle connection may break: the pool opens another one when it needs it.
  transport.on('error', () => {})
  const state = new ServerState(() => transport.verify())
  return {
    async send(mail, signal) {
      // nodemailer would read some texts as several addresses, in the envelope too.
      if (!isMailAddress(mail.to)) throw smtpFailure(noAddress, mail.to)
      try {
        const { response } = await transport.sendMail({
          ...mail,
          to: { name: '', address: mail.to },
          envelope: { from: mail.from.address, to: [mail.to] },
          date: new Date(),
          headers: { 'Auto-Submitted': 'auto-generated' },
          xMailer: false,
          disableFileAccess: true,
          disableUrlAccess: true,
          signal,
        })
        state.answered()
        return response
      } catch (error) {
        const fault = error as Error & SmtpFault
        const failure = smtpFailure(fault, mail.to)
        if (isServerFault(fault)) state.failed(failure)
        throw failure
      }
    },
    check: () => state.check(),
    close: async () => transport.close(),
  }
}

function transportOptions(options: SmtpMailerOptions) {
  const { server, maxConnections, connectTimeoutMs = 10_000, silenceTimeoutMs = 20_000 } = options
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
    greetingTimeout: connectTimeoutMs,
    dnsTimeout: connectTimeoutMs,
    socketTimeout: silenceTimeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host)
}
