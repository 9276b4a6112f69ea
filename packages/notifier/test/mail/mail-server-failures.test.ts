import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { describe, it } from 'node:test'
import { findFreePort } from '@jackalope/local-servers'
import { listen } from '@jackalope/local-servers/testing'
import { startSmtpServer } from '../support/smtp-server.ts'
import { createMailer, message, never, setup } from './setup.ts'

describe('createSmtpMailer, when a mail is not taken,', () => {
  it('is refused for good when the recipient is unknown, and goes on', async t => {
    const { server, mailer } = await setup(t, {
      refuseRecipient: [{ code: 550, text: '5.1.1 <ada@example.com>: unknown user' }],
    })
    await assert.rejects(mailer.send(message(), never), error => {
      const { code, message: text } = error as Error & { code: string }
      assert.equal(code, 'ERR_MAIL_REJECTED')
      assert.match(text, /550 5\.1\.1 <\[address\]>: unknown user/)
      return true
    })
    await mailer.check()
    await mailer.send(message(), never)
    assert.equal(server.received.length, 1)
  })

  it('is refused for now by greylisting, a full mailbox, or a busy server', async t => {
    const { server, mailer } = await setup(t, {
      refuseRecipient: [
        { code: 451, text: '4.7.1 greylisted' },
        { code: 452, text: '4.2.2 mailbox full' },
      ],
      refuseMail: [{ code: 451, text: '4.3.0 try again later' }],
    })
    for (const reason of [/greylisted/, /mailbox full/, /try again later/])
      await assert.rejects(mailer.send(message(), never), { code: 'ERR_MAIL_DEFERRED', message: reason })
    await mailer.send(message(), never)
    assert.equal(server.received.length, 1)
  })

  it('is refused for good when the server does not want the message', async t => {
    const { mailer } = await setup(t, { refuseMail: [{ code: 554, text: '5.7.1 looks like spam' }] })
    await assert.rejects(mailer.send(message(), never), {
      code: 'ERR_MAIL_REJECTED',
      message: /looks like spam/,
    })
  })

  it('fails for now while nobody listens, says so to health probes, and works once somebody does', async t => {
    const port = await findFreePort()
    const mailer = createMailer(t, port)
    await assert.rejects(mailer.send(message(), never), {
      code: 'ERR_MAIL_DEFERRED',
      message: /ECONNREFUSED/,
    })
    await assert.rejects(mailer.check(), /ECONNREFUSED/)
    const server = await startSmtpServer(t, { port })
    await mailer.send(message(), never)
    await mailer.check()
    assert.equal(server.received.length, 1)
  })

  it('looks at the mail server for a health probe, and not at each one', async t => {
    const { server, mailer } = await setup(t)
    await Promise.all([mailer.check(), mailer.check()])
    await mailer.check()
    assert.equal(server.connections(), 1)
  })

  it('gives up on a server that says nothing', async t => {
    const silent = createServer()
    const port = Number(new URL(await listen(t, silent)).port)
    const mailer = createMailer(t, port, { connectTimeoutMs: 100 })
    await assert.rejects(mailer.send(message(), never), { code: 'ERR_MAIL_DEFERRED' })
  })

  it('gives up on a server that does not take the mail, and not on one that looks at it', async t => {
    const limit = 300
    const deaf = await startSmtpServer(t, { onMailFrom: () => {} })
    const impatient = createMailer(t, deaf.port, { handoverTimeoutMs: limit })
    await assert.rejects(impatient.send(message(), never), { code: 'ERR_MAIL_DEFERRED' })
    const thorough = await startSmtpServer(t, { lookAtMail: take => setTimeout(take, 2 * limit) })
    const patient = createMailer(t, thorough.port, { handoverTimeoutMs: limit })
    assert.match(await patient.send(message(), never), /queued/)
  })

  it('is in doubt when the server got the mail and says nothing, not when it refuses it', async t => {
    const silent = await startSmtpServer(t, { lookAtMail: () => {} })
    const mailer = createMailer(t, silent.port, { silenceTimeoutMs: 300 })
    await assert.rejects(mailer.send(message(), never), { code: 'ERR_MAIL_DOUBTFUL' })
  })

  it('stops when its signal is aborted', async t => {
    const silent = createServer()
    const port = Number(new URL(await listen(t, silent)).port)
    const mailer = createMailer(t, port)
    const abort = new AbortController()
    silent.once('connection', () => abort.abort(new Error('the job took too long')))
    await assert.rejects(mailer.send(message(), abort.signal), { code: 'ERR_MAIL_DEFERRED' })
  })
})
