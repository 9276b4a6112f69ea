import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { startSmtpServer } from '../support/smtp-server.ts'
import { createMailer, message, never, setup } from './setup.ts'

describe('createSmtpMailer, logging in,', () => {
  it('logs in with the user and password of SMTP_URL', async t => {
    const logins: string[] = []
    const { server, mailer } = await setup(
      t,
      {
        disabledCommands: ['STARTTLS'],
        allowInsecureAuth: true,
        onAuth({ username, password }, _session, done) {
          logins.push(`${username}:${password}`)
          done(null, { user: username })
        },
      },
      { user: 'jack@example.com', pass: 'p:ss' },
    )
    await mailer.send(message(), never)
    assert.deepEqual(logins, ['jack@example.com:p:ss'])
    assert.equal(server.received.length, 1)
  })

  it('keeps the mail when the login is refused, and says what to look at, without the password', async t => {
    const { mailer } = await setup(
      t,
      {
        disabledCommands: ['STARTTLS'],
        allowInsecureAuth: true,
        onAuth: (_auth, _session, done) => done(Object.assign(new Error('bad login'), { responseCode: 535 })),
      },
      { user: 'jack', pass: 'hunter22' },
    )
    await assert.rejects(mailer.send(message(), never), error => {
      const { code, message: text, stack } = error as Error & { code: string }
      assert.equal(code, 'ERR_MAIL_DEFERRED')
      assert.match(text, /look at user and password in SMTP_URL/)
      assert.doesNotMatch(`${stack}`, /hunter22/)
      return true
    })
    await assert.rejects(mailer.check())
  })

  it('sends no password to a server elsewhere that offers no TLS', async t => {
    const commands: string[] = []
    const server = await startSmtpServer(t, {
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth(_auth, _session, done) {
        commands.push('AUTH')
        done(null, { user: 'jack' })
      },
    })
    // Linux connects 0.0.0.0 to this machine, although the address is not in the loopback range.
    const mailer = createMailer(t, server.port, {
      host: '0.0.0.0',
      login: { user: 'jack', pass: 'hunter22' },
    })
    await assert.rejects(mailer.send(message(), never), { code: 'ERR_MAIL_DEFERRED', message: /STARTTLS/ })
    assert.deepEqual(commands, [])
    assert.equal(server.received.length, 0)
  })

  it('trusts no certificate that nobody vouches for, with smtps and with STARTTLS', async t => {
    for (const secure of [true, false]) {
      const server = await startSmtpServer(t, { secure, disabledCommands: ['AUTH'] })
      const mailer = createMailer(t, server.port, { secure })
      await assert.rejects(mailer.send(message(), never), {
        code: 'ERR_MAIL_DEFERRED',
        message: /certificate/,
      })
      assert.equal(server.received.length, 0)
    }
  })
})
