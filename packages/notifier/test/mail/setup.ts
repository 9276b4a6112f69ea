import type { TestContext } from 'node:test'
import { onEnd } from '@jackalope/local-servers/testing'
import type { SmtpServer } from '../../src/config/mail-variables.ts'
import type { OutgoingMail } from '../../src/mail/outgoing-mail.ts'
import { createSmtpMailer, type SmtpMailerOptions } from '../../src/mail/smtp-mailer.ts'
import { audioReadyMessage, type ReadyAudio } from '../../src/message/audio-ready-message.ts'
import { type Behaviour, startSmtpServer } from '../support/smtp-server.ts'

/** A signal that is not aborted. */
export const never = new AbortController().signal
const from = { name: 'Jackalope', address: 'noreply@example.com' }
const audio: ReadyAudio = {
  jobId: 'v-65f0c0ffee65f0c0ffee6543',
  fileName: 'holiday.mp3',
  sizeBytes: 8_412_345,
  durationSeconds: 200.2,
}

const link = {
  url: "https://mp3converter.com/files/a?expires=1&signature='$(reboot)",
  expiresAt: new Date('2026-12-06T19:10:00Z'),
}

export function message(changes: Partial<ReadyAudio> = {}, to = 'ada@example.com'): OutgoingMail {
  return audioReadyMessage({ ...audio, ...changes }, link, {
    from,
    to,
    publicUrl: 'https://mp3converter.com',
  })
}

export function createMailer(
  t: TestContext,
  port: number,
  options: Partial<SmtpServer & SmtpMailerOptions> = {},
) {
  const { secure = false, login, host = '127.0.0.1', ...limits } = options
  const mailer = createSmtpMailer({ server: { host, port, secure, login }, maxConnections: 2, ...limits })
  onEnd(t, () => mailer.close())
  return mailer
}

export async function setup(t: TestContext, behaviour: Behaviour = {}, login?: SmtpServer['login']) {
  const server = await startSmtpServer(t, behaviour)
  return { server, mailer: createMailer(t, server.port, { login }) }
}
