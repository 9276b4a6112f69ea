import { createTransport } from 'nodemailer'
import type { SmtpServer } from '../config/smtp-url.ts'
import { isMailAddress } from './is-mail-address.ts'
import type { Mailer } from './mailer.ts'
import { ServerState } from './server-state.ts'
import { isServerFault, type SmtpFault, smtpFailure } from './smtp-failure.ts'

export interface SmtpMailerOptions {
  server: SmtpServer
  /** How many mails are sent at a time, each on its own connection. Integer >= 1. */
  maxConnections: number
  /** Longest wait for a connection, and for the server's greeting, in milliseconds. @default 10_000 */
  connectTimeoutMs?: number
  /** Longest silence of the server after that, in milliseconds. @default 20_000 */
  silenceTimeoutMs?: number
}

const noAddress: SmtpFault = {
  message: 'the recipient is no e-mail address',
  code: 'EENVELOPE',
  command: 'API',
}

/** Sends through a mail server, on connections that are kept for a while. It does not try again: that is the job's. */
export function createSmtpMailer(options: SmtpMailerOptions): Mailer {
  const transport = createTransport(transportOptions(options))
  // A kept connection that breaks while nobody uses it concerns nobody.
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
    // The pool ends idle connections now, and busy ones after their mail.
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
    // A password never travels in the clear, whatever somebody on the way makes of the server's answers.
    requireTLS: server.login !== undefined && !isLoopback(server.host),
    maxConnections,
    maxRequeues: 0,
    // Shorter than any server's patience, so that a mail rarely meets a connection that is gone already.
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
