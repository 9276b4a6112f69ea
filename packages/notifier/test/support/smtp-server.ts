import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import { onEnd, withTimeLimit } from '@jackalope/local-servers/testing'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export interface ReceivedMail {
  mail: ParsedMail
  /** The mail as it was sent, headers included. */
  source: string
  /** `MAIL FROM` and `RCPT TO`. */
  sender: string
  recipients: string[]
}

export interface TestSmtpServer {
  port: number
  /** All mails accepted so far. */
  received: ReceivedMail[]
  /** Number of connections so far. */
  connections(): number
  /** Resolves with the oldest mail that no other call was given; waits at most 60 s for one. */
  next(): Promise<ReceivedMail>
}

export interface Reply {
  code: number
  text: string
}

export interface Behaviour extends SMTPServerOptions {
  /** Answers to `RCPT TO`, in this order; then all recipients are accepted. */
  refuseRecipient?: Reply[]
  /** Answers to `DATA`, in this order; then all mails are accepted. */
  refuseMail?: Reply[]
  /** Called when a mail has come, instead of taking it at once. */
  lookAtMail?: (take: () => void) => void
  /** @default a free one */
  port?: number
}

/** A real mail server in this process that keeps the mails it accepts. */
export async function startSmtpServer(t: TestContext, behaviour: Behaviour = {}): Promise<TestSmtpServer> {
  const { refuseRecipient = [], refuseMail = [], lookAtMail, port: wantedPort = 0, ...options } = behaviour
  const received: ReceivedMail[] = []
  const unclaimed: ReceivedMail[] = []
  const waiting: Array<(mail: ReceivedMail) => void> = []
  let connections = 0
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    closeTimeout: 100,
    ...options,
    onConnect(_session, done) {
      connections += 1
      done()
    },
    onRcptTo: (_address, _session, done) => done(errorOf(refuseRecipient.shift())),
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', chunk => chunks.push(chunk))
      stream.on('end', async () => {
        const refusal = errorOf(refuseMail.shift())
        if (refusal) return done(refusal)
        const source = Buffer.concat(chunks)
        const { mailFrom, rcptTo } = session.envelope
        const mail: ReceivedMail = {
          mail: await simpleParser(source),
          source: source.toString('utf8'),
          sender: mailFrom ? mailFrom.address : '',
          recipients: rcptTo.map(({ address }) => address),
        }
        received.push(mail)
        const claim = waiting.shift()
        if (claim) claim(mail)
        else unclaimed.push(mail)
        const take = () => done(null, 'queued as 4711')
        if (lookAtMail) lookAtMail(take)
        else take()
      })
    },
  })
  // In some tests the client hangs up.
  server.on('error', () => {})
  server.listen(wantedPort, '127.0.0.1')
  await once(server.server, 'listening')
  onEnd(t, () => new Promise<void>(resolve => server.close(resolve)))
  return {
    port: (server.server.address() as AddressInfo).port,
    received,
    connections: () => connections,
    next() {
      const mail = unclaimed.shift()
      if (mail) return Promise.resolve(mail)
      return withTimeLimit('Waiting for a mail', 60_000, new Promise(resolve => waiting.push(resolve)))
    },
  }
}

function errorOf(reply: Reply | undefined): Error | null {
  return reply ? Object.assign(new Error(reply.text), { responseCode: reply.code }) : null
}
