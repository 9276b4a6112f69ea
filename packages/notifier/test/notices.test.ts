import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { explained, userOfUnsubscribeToken } from '@jackalope/contracts'
import { startAuthServer, type TestAuthAnswers } from './support/auth-server.ts'
import { startProducer } from './support/kit.ts'
import { linkSecret, startTestNotifier } from './support/notifier.ts'
import { startRudeServer } from './support/rude-server.ts'
import { type Behaviour, startSmtpServer } from './support/smtp-server.ts'

const data = {
  ownerId: 'd0c0ffee',
  jobId: 'v-65f0c0ffee65f0c0ffee6543',
  audioId: '65f0c0ffee65f0c0ffee6544',
  fileName: 'holiday.mp3',
  sizeBytes: 8_412_345,
  durationSeconds: 200.2,
}
const name = `ready:${data.jobId}`

async function setup(
  t: TestContext,
  answers: TestAuthAnswers = {},
  behaviour: Behaviour = {},
  port?: number,
) {
  const producer = await startProducer(t)
  const smtp = await startSmtpServer(t, behaviour)
  const auth = await startAuthServer(t, { users: { [data.ownerId]: 'ada@example.com' }, ...answers })
  const notifier = await startTestNotifier(producer, {
    SMTP_URL: `smtp://127.0.0.1:${port ?? smtp.port}`,
    MAIL_FROM: 'Jackalope <noreply@example.com>',
    AUTH_URL: auth.url,
  })
  const add = async (changes: object = {}) => {
    const mailId = `${data.jobId}-ready`
    // Redis has forgotten what it did, and only auth knows.
    await producer.mails.remove(mailId)
    await producer.queue.add({ ...data, ...changes })
    return (state: 'completed' | 'failed') => producer.mailed(mailId, state)
  }
  return { smtp, auth, notifier, add }
}

describe('a notice', () => {
  it('is sent once, and told to webhooks once, although its job runs again, as after Redis was set back', async t => {
    const { smtp, auth, add } = await setup(t)
    await (await add())('completed')
    assert.deepEqual(auth.notices.get(name), { sent: true, doubts: 0 })
    const again = await (await add())('completed')
    assert.deepEqual(again.returnvalue, { sent: false, reason: 'it was sent before' })
    assert.equal(smtp.received.length, 1)
    const [first, second] = auth.news
    assert.match(first?.id ?? '', /^msg_[\w-]{32}$/)
    assert.equal(second?.id, first?.id)
    assert.deepEqual([first?.type, first?.userId], ['job.completed', data.ownerId])
    const told = first?.data as { jobId: string; state: string; result: object } | undefined
    const { jobId, state, result = {} } = told ?? {}
    assert.deepEqual([jobId, state], [data.jobId, 'completed'])
    assert.deepEqual(Object.keys(result).toSorted(), [
      ...['audioId', 'durationSeconds', 'fileName', 'format', 'sizeBytes', 'tracks', 'warnings'],
    ])
  })

  it('offers to end such mails, with one click as RFC 8058 has it, and is not sent to who did', async t => {
    const { smtp, add } = await setup(t)
    await add()
    const { source, mail } = await smtp.next()
    const unfolded = source.replaceAll(/\r\n[ \t]+/g, ' ')
    const [, url = ''] = /^List-Unsubscribe: <(https:\S+)>\r?$/m.exec(unfolded) ?? []
    assert.match(unfolded, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r?$/m)
    const token = new URL(url).searchParams.get('token') ?? ''
    assert.equal(userOfUnsubscribeToken(token, [linkSecret]), data.ownerId)
    for (const body of [mail.text, String(mail.html)]) assert.ok(body?.includes(url))
    const other = await setup(t, { settings: { notices: false } })
    const job = await (await other.add())('completed')
    assert.deepEqual(job.returnvalue, { sent: false, reason: 'the owner wants no mails about jobs' })
  })

  it('is in the language of its owner, and names what is wrong with the recording', async t => {
    const { smtp, add } = await setup(t, { settings: { language: 'de' } })
    // The first is of a converter of an earlier version, which knows a text in English alone.
    const warnings = [
      { code: 'damaged', text: 'The recording breaks off after 5 s.', seconds: 5 },
      { code: 'incomplete', ...explained('recordings-missing', { recordings: 3, read: 2 }) },
    ]
    await add({ fileName: 'Grüße.mp3', warnings })
    const { mail } = await smtp.next()
    assert.equal(mail.subject, 'Ihre Audiodatei ist fertig: Grüße.mp3')
    const text = mail.text?.replaceAll(/\s+/g, ' ') ?? ''
    assert.match(text, /^Hallo, die Audiodatei .* Grüße\.mp3 8,4 MB, 3 min 20 s/)
    assert.match(text, /Die Aufnahme ist beschädigt: The recording breaks off after 5 s\./)
    assert.match(text, / Die Datei besteht aus 3 Aufnahmen, von denen 2 gelesen werden konnten\./)
    assert.match(text, /bis \w+tag, \d+\. \S+ 20\d\d um \d\d:\d\d UTC/)
    assert.match(String(mail.html), /<html lang="de">/)
    assert.match(text, /&inline=1 /)
  })

  it('goes twice at most to a mail server that does not say whether it takes it', async t => {
    const { port, mails } = await startRudeServer(t)
    const { add, auth } = await setup(t, {}, {}, port)
    const job = await (await add())('failed')
    assert.match(job.failedReason, /got this mail twice/)
    assert.equal(job.attemptsMade, 2)
    assert.deepEqual(auth.notices.get(name), { sent: false, doubts: 2 })
    await (await add())('failed')
    assert.equal(mails(), 2)
  })
})
