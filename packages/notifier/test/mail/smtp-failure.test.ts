import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isServerFault, type SmtpFault, smtpFailure } from '../../src/mail/smtp-failure.ts'

const recipient = 'ada+x@example.com'

interface Case {
  what: string
  fault: Omit<SmtpFault, 'message'>
  permanent: boolean
  /** Whether the mail server is reported as down. */
  serverFault: boolean
}

const cases: Case[] = [
  {
    what: 'an unknown recipient',
    fault: { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550 },
    permanent: true,
    serverFault: false,
  },
  {
    what: 'a full mailbox, for now',
    fault: { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 452 },
    permanent: false,
    serverFault: false,
  },
  {
    what: 'greylisting',
    fault: { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 451 },
    permanent: false,
    serverFault: false,
  },
  {
    what: 'a refused message',
    fault: { code: 'EMESSAGE', command: 'DATA', responseCode: 554 },
    permanent: true,
    serverFault: false,
  },
  {
    what: 'a message deferred',
    fault: { code: 'EMESSAGE', command: 'DATA', responseCode: 451 },
    permanent: false,
    serverFault: false,
  },
  {
    what: 'an address that cannot be written in SMTP',
    fault: { code: 'EENVELOPE', command: 'API' },
    permanent: true,
    serverFault: false,
  },
  {
    what: 'a refused sender',
    fault: { code: 'EENVELOPE', command: 'MAIL FROM', responseCode: 550 },
    permanent: false,
    serverFault: true,
  },
  {
    what: 'a login demanded at the recipient',
    fault: { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 530 },
    permanent: false,
    serverFault: true,
  },
  {
    what: 'a wrong password',
    fault: { code: 'EAUTH', command: 'AUTH PLAIN', responseCode: 535 },
    permanent: false,
    serverFault: true,
  },
  {
    what: 'a server that takes nobody in',
    fault: { code: 'EPROTOCOL', command: 'CONN', responseCode: 554 },
    permanent: false,
    serverFault: true,
  },
  {
    what: 'a server that shuts down',
    fault: { code: 'ECONNECTION', command: 'CONN', responseCode: 421 },
    permanent: false,
    serverFault: true,
  },
  { what: 'a refused connection', fault: { code: 'ESOCKET' }, permanent: false, serverFault: true },
  { what: 'a silent server', fault: { code: 'ETIMEDOUT' }, permanent: false, serverFault: true },
  { what: 'an unknown host', fault: { code: 'EDNS' }, permanent: false, serverFault: true },
  { what: 'a bad certificate', fault: { code: 'ETLS' }, permanent: false, serverFault: true },
  { what: 'our own abort', fault: { code: 'EABORT' }, permanent: false, serverFault: false },
  { what: 'an error of unknown kind', fault: {}, permanent: false, serverFault: true },
]

describe('smtpFailure', () => {
  for (const { what, fault, permanent, serverFault } of cases)
    it(`takes ${what} for ${permanent ? 'permanent' : 'transient'}`, () => {
      const told = { message: 'told by the server', ...fault }
      const failure = smtpFailure(told, recipient)
      assert.equal(failure.permanent, permanent)
      assert.equal(failure.code, permanent ? 'ERR_MAIL_REJECTED' : 'ERR_MAIL_DEFERRED')
      assert.match(failure.message, /told by the server/)
      assert.equal(isServerFault(told), serverFault)
    })

  it("hides the recipient's address, however it is written", () => {
    const message = 'all recipients were rejected: 550 5.1.1 <ADA+X@example.com>: ada+x@example.com unknown'
    const failure = smtpFailure({ message, command: 'RCPT TO', responseCode: 550 }, recipient)
    assert.doesNotMatch(`${failure.message}${failure.stack}`, /ada\+x/i)
    assert.match(failure.message, /<\[address\]>: \[address\] unknown$/)
  })

  it('says which variable to look at', () => {
    const message = 'no'
    assert.match(smtpFailure({ message, code: 'EAUTH', responseCode: 535 }, recipient).message, /SMTP_URL/)
    assert.match(
      smtpFailure({ message, command: 'MAIL FROM', responseCode: 553 }, recipient).message,
      /MAIL_FROM/,
    )
  })
})
