import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { verifyLink } from '@jackalope/contracts'
import { findFreePort } from '@jackalope/local-servers'
import { until } from '@jackalope/local-servers/testing'
import { startAuthServer } from './support/auth-server.ts'
import { startProducer } from './support/kit.ts'
import { linkSecret, startTestNotifier } from './support/notifier.ts'
import { type Behaviour, startSmtpServer } from './support/smtp-server.ts'

const data = {
  ownerId: 'u1',
  jobId: 'v-65f0c0ffee65f0c0ffee6543',
  audioId: '65f0c0ffee65f0c0ffee6544',
  fileName: 'holiday.mp3',
  sizeBytes: 8_412_345,
  durationSeconds: 200.2,
}
const from = 'Jackalope <noreply@example.com>'

async function setup(t: TestContext, behaviour: Behaviour = {}) {
  const producer = await startProducer(t)
  const smtp = await startSmtpServer(t, behaviour)
  const auth = await startAuthServer(t, { users: { u1: 'ada@example.com', u3: 'eve@example.unconfirmed' } })
  const env = { SMTP_URL: `smtp://127.0.0.1:${smtp.port}`, MAIL_FROM: from, AUTH_URL: auth.url }
  const notifier = await startTestNotifier(producer, env)
  const add = async (changes: Partial<typeof data> = {}) => {
    const { jobId } = { ...data, ...changes }
    await producer.queue.add({ ...data, ...changes })
    return { ended: (state: 'completed' | 'failed') => producer.mailed(`${jobId}-ready`, state) }
  }
  return { smtp, auth, notifier, add }
}

describe('the notifier', () => {
  it('tells the owner by mail when the audio is ready', async t => {
    const { smtp, add, notifier } = await setup(t)
    const { ended } = await add()
    const { mail, recipients } = await smtp.next()
    assert.deepEqual(recipients, ['ada@example.com'])
    assert.equal(mail.subject, 'Your audio is ready: holiday.mp3')
    const job = await ended('completed')
    assert.deepEqual(job.returnvalue, { sent: true, messageId: mail.messageId })
    assert.equal(smtp.received.length, 1)
    assert.doesNotMatch(JSON.stringify([notifier.lines, job.asJSON()]), /ada@example\.com/)
  })

  it('puts a link into the mail that the gateway lets anybody use for seven days', async t => {
    const { smtp, add } = await setup(t)
    await add()
    const { mail } = await smtp.next()
    const [found = ''] = /https:\S+\/files\/\S+/.exec(mail.text ?? '') ?? []
    const url = new URL(found)
    assert.equal(url.pathname, `/files/${data.audioId}`)
    const { expires = '', signature = '' } = Object.fromEntries(url.searchParams)
    assert.equal(verifyLink(data.audioId, { expires, signature }, linkSecret), 'valid')
    const days = (Number(expires) - Date.now() / 1_000) / 86_400
    assert.ok(days > 6.9 && days <= 7, `${days} days`)
  })

  it('mails nothing to an address that is not confirmed', async t => {
    const { smtp, add } = await setup(t)
    const { returnvalue } = await (await add({ ownerId: 'u3' })).ended('completed')
    assert.equal(returnvalue.sent, false)
    assert.equal(smtp.connections(), 0)
  })

  it('sends somebody who uploads very much 30 mails an hour, and says so in the last', async t => {
    const { smtp, add } = await setup(t)
    const jobs = await Promise.all(Array.from({ length: 35 }, (_, index) => add({ jobId: `v-${index}` })))
    const ended = await Promise.all(jobs.map(job => job.ended('completed')))
    assert.equal(ended.filter(({ returnvalue }) => returnvalue.sent).length, 30)
    assert.equal(smtp.received.length, 30)
    const last = smtp.received.filter(({ mail }) => mail.text?.includes('many mails within an hour'))
    assert.equal(last.length, 1)
  })

  it('tries again when greylisted, and sends one mail', async t => {
    const greylisted = { code: 451, text: '4.7.1 greylisted, try again later' }
    const { smtp, add } = await setup(t, { refuseRecipient: [greylisted, greylisted] })
    const job = await (await add()).ended('completed')
    assert.equal(job.attemptsMade, 3)
    assert.equal(smtp.received.length, 1)
  })

  it('gives up at once on a recipient whom the mail server will never take, and says why', async t => {
    const { smtp, add, notifier } = await setup(t, {
      refuseRecipient: [{ code: 550, text: '5.1.1 <ada@example.com>: unknown user' }],
    })
    const job = await (await add()).ended('failed')
    assert.equal(job.attemptsMade, 1)
    assert.match(job.failedReason, /^The mail server refuses this mail for good: .*unknown user/)
    assert.doesNotMatch(JSON.stringify([notifier.lines, job.asJSON()]), /ada@example\.com/)
    assert.equal(smtp.received.length, 0)
  })

  it('gives up at once on an owner who is gone', async t => {
    const { smtp, add } = await setup(t)
    const job = await (await add({ ownerId: 'u2' })).ended('failed')
    assert.equal(job.attemptsMade, 1)
    assert.match(job.failedReason, /^User u2 no longer exists/)
    assert.equal(smtp.connections(), 0)
  })

  it('goes on after a job that failed', async t => {
    const { smtp, add } = await setup(t)
    await (await add({ ownerId: 'u2', jobId: 'v-other' })).ended('failed')
    await (await add()).ended('completed')
    assert.equal(smtp.received.length, 1)
  })

  it('is ready while the mail server is down, shows that, and sends when it is back', async t => {
    const producer = await startProducer(t)
    const auth = await startAuthServer(t, { users: { u1: 'ada@example.com' } })
    const port = await findFreePort()
    const env = { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: from, AUTH_URL: auth.url }
    const { url, logged } = await startTestNotifier(producer, env)
    await producer.queue.add(data)
    await logged('attempt failed')

    const readiness = await fetch(`${url}/readyz`)
    assert.equal(readiness.status, 200)
    assert.deepEqual(await readiness.json(), {
      status: 'ready',
      checks: { jobs: 'up' },
      optional: { mailServer: 'down' },
    })

    const smtp = await startSmtpServer(t, { port })
    await smtp.next()
    await producer.mailed(`${data.jobId}-ready`, 'completed')
    assert.equal(smtp.received.length, 1)
    const after = (await (await fetch(`${url}/readyz`)).json()) as { optional: unknown }
    assert.deepEqual(after.optional, { mailServer: 'up' })
  })

  it('takes jobs with MAIL=off, and records that nobody was told', async t => {
    const producer = await startProducer(t)
    const auth = await startAuthServer(t, {})
    const { url } = await startTestNotifier(producer, { MAIL: 'off', AUTH_URL: auth.url })
    await producer.queue.add(data)
    const job = await producer.mailed(`${data.jobId}-ready`, 'completed')
    assert.deepEqual(job.returnvalue, { sent: false, reason: 'MAIL=off' })
    assert.deepEqual(await (await fetch(`${url}/readyz`)).json(), { status: 'ready', checks: { jobs: 'up' } })
  })

  it('tells webhooks at once while a mail server takes its time', async t => {
    const { auth, smtp, add } = await setup(t, { lookAtMail: () => {} })
    for (let number = 0; number < 12; number += 1) await add({ jobId: `v-${number}` })
    await until(async () => auth.news.length === 12)
    // As many as are sent at once, and not one of them was taken.
    await until(async () => smtp.received.length === 5)
  })

  it('finishes the mail under way when it is closed', async t => {
    let connected = () => {}
    const underWay = new Promise<void>(resolve => {
      connected = resolve
    })
    const { smtp, add, notifier } = await setup(t, {
      onMailFrom(_address, _session, done) {
        connected()
        setImmediate(done)
      },
    })
    const { ended } = await add()
    await underWay
    await notifier.close()
    assert.equal(smtp.received.length, 1)
    await ended('completed')
  })
})
