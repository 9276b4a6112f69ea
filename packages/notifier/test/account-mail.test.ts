import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { accountMail, accountMailObsolete } from '@jackalope/contracts'
import { until } from '@jackalope/local-servers/testing'
import { startAuthServer, type TestAuthAnswers } from './support/auth-server.ts'
import { startProducer } from './support/kit.ts'
import { startTestNotifier } from './support/notifier.ts'
import { startRudeServer } from './support/rude-server.ts'
import { type Behaviour, startSmtpServer } from './support/smtp-server.ts'

const secret = '/verify-email?token=Kk3.very-secret'

async function setup(
  t: TestContext,
  accountMails: TestAuthAnswers['accountMails'],
  behaviour: Behaviour = {},
  port?: number,
) {
  const producer = await startProducer(t)
  const smtp = await startSmtpServer(t, behaviour)
  const auth = await startAuthServer(t, { accountMails })
  const env = {
    SMTP_URL: `smtp://127.0.0.1:${port ?? smtp.port}`,
    MAIL_FROM: 'Jackalope <noreply@example.com>',
    AUTH_URL: auth.url,
  }
  const notifier = await startTestNotifier(producer, env)
  const queue = producer.kit.queue(accountMail)
  /** Adds the job as auth's relay does, and resolves with it once it has ended. */
  const send = async (mailId: string) => {
    const { id } = await queue.add({ mailId }, { jobId: mailId })
    const isDone = async () => ['completed', 'failed'].includes(await queue.bull.getJobState(id))
    await until(isDone)
    const job = await queue.getJob(id)
    assert.ok(job)
    return job
  }
  return { smtp, auth, notifier, send, queue }
}

describe('mails about accounts', () => {
  it('go to the address that auth gives, with the link, and leave no trace of either', async t => {
    const { smtp, send, notifier } = await setup(t, { m1: { linkPath: secret } })
    const job = await send('m1')
    const { mail, recipients, source } = await smtp.next()
    assert.deepEqual(recipients, ['ada@example.com'])
    assert.equal(mail.subject, 'Confirm your e-mail address')
    assert.match(mail.text ?? '', /https:\/\/mp3converter\.com\/verify-email\?token=Kk3\.very-secret/)
    assert.match(source, /^Message-ID: <account\.m1@example\.com>/m)
    assert.deepEqual(job.returnvalue, { sent: true, messageId: '<account.m1@example.com>' })
    assert.doesNotMatch(JSON.stringify([notifier.lines, job.asJSON()]), /ada@example\.com|very-secret/)
  })

  it('go twice at most to a mail server that does not say whether it takes them', async t => {
    const { port, mails } = await startRudeServer(t)
    const { send } = await setup(t, { m1: { linkPath: secret } }, {}, port)
    assert.match((await send('m1')).failedReason, /got this mail twice/)
    assert.equal(mails(), 2)
  })

  it('are remembered by auth, so that they are not sent again when Redis has forgotten that they were', async t => {
    const { smtp, send, auth, queue } = await setup(t, { m1: { linkPath: secret } })
    await send('m1')
    assert.deepEqual(auth.notices.get('account:m1'), { sent: true, doubts: 0 })
    await queue.remove('m1')
    assert.deepEqual((await send('m1')).returnvalue, { sent: false, reason: 'it was sent before' })
    assert.equal(smtp.received.length, 1)
  })

  it('are sent once although the relay adds them twice', async t => {
    const { smtp, send } = await setup(t, { m1: { linkPath: secret }, m2: { linkPath: secret } })
    await send('m1')
    await send('m1')
    await send('m2')
    assert.deepEqual(
      smtp.received.map(({ mail }) => mail.messageId),
      ['<account.m1@example.com>', '<account.m2@example.com>'],
    )
  })

  it('are not sent any more once they are obsolete', async t => {
    const { smtp, send } = await setup(t, { m1: accountMailObsolete })
    const { returnvalue } = await send('m1')
    assert.equal(returnvalue.sent, false)
    assert.equal(smtp.connections(), 0)
  })

  it('fail at once when auth does not know them, or the mail server never takes them', async t => {
    const refuseRecipient = [{ code: 550, text: '5.1.1 <ada@example.com>: unknown user' }]
    const { smtp, send, notifier } = await setup(t, { m1: { linkPath: secret } }, { refuseRecipient })
    const unknown = await send('m2')
    assert.match(unknown.failedReason, /auth knows no account mail m2/)
    const refused = await send('m1')
    assert.match(refused.failedReason, /refuses this mail for good/)
    assert.deepEqual([unknown.attemptsMade, refused.attemptsMade], [1, 1])
    assert.doesNotMatch(JSON.stringify([notifier.lines, refused.asJSON()]), /ada@example\.com|very-secret/)
    assert.equal(smtp.received.length, 0)
  })

  it('are tried again when greylisted', async t => {
    const refuseRecipient = [{ code: 451, text: '4.7.1 greylisted' }]
    const { smtp, send } = await setup(t, { m1: { linkPath: secret } }, { refuseRecipient })
    assert.equal((await send('m1')).attemptsMade, 2)
    assert.equal(smtp.received.length, 1)
  })

  it('are not sent with MAIL=off, and the job says so', async t => {
    const producer = await startProducer(t)
    await startTestNotifier(producer, { MAIL: 'off' })
    const queue = producer.kit.queue(accountMail)
    await queue.add({ mailId: 'm1' }, { jobId: 'm1' })
    await until(async () => (await queue.bull.getJobState('m1')) === 'completed')
    assert.deepEqual((await queue.getJob('m1'))?.returnvalue, { sent: false, reason: 'MAIL=off' })
  })
})
