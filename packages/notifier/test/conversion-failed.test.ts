import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { conversionFailed, convertVideo, explained } from '@jackalope/contracts'
import { until } from '@jackalope/local-servers/testing'
import { connect, type DeadLetter, UnrecoverableError } from '@jackalope/worker-kit'
import { connect as connectAmqp } from 'amqplib'
import { startAuthServer } from './support/auth-server.ts'
import { servers, startProducer } from './support/kit.ts'
import { startTestNotifier } from './support/notifier.ts'
import { startSmtpServer } from './support/smtp-server.ts'

const jobId = 'v-65f0c0ffee65f0c0ffee6543'
const video = { videoId: jobId.slice(2), ownerId: 'u1', fileName: 'holiday.mov', format: 'mp3' } as const

function failureOf(letter: DeadLetter): string | undefined {
  return letter.kind === 'job' ? letter.failure.reason : undefined
}

/** A notifier, and a worker in place of the converter that fails every conversion with the error in `plant`. */
async function setup(t: TestContext, language?: 'de') {
  const producer = await startProducer(t)
  const smtp = await startSmtpServer(t)
  const auth = await startAuthServer(t, {
    users: { u1: 'ada@example.com' },
    settings: language && { language },
  })
  const env = {
    SMTP_URL: `smtp://127.0.0.1:${smtp.port}`,
    MAIL_FROM: 'Jackalope <noreply@example.com>',
    AUTH_URL: auth.url,
  }
  const start = () => startTestNotifier(producer, env)
  const told = explained('no-audio-track', {})
  const plant: { error: Error | undefined; wait?: Promise<void> } = {
    error: new UnrecoverableError(told.text),
  }
  const converter = await connect({ ...servers(), prefix: producer.prefix })
  producer.resources.defer(() => converter.close())
  converter.work(convertVideo, async ({ job, data }) => {
    await job.updateData({ ...data, explanation: told.explanation })
    await plant.wait
    if (plant.error) throw plant.error
    return {
      audioId: '',
      fileName: '',
      sizeBytes: 0,
      durationSeconds: 0,
      format: 'mp3' as const,
      tracks: [],
      warnings: [],
    }
  })
  const queue = producer.kit.queue(convertVideo)
  const letters = producer.kit.deadLetters(convertVideo)
  const failures = producer.kit.queue(conversionFailed).bull
  const fail = async (data: Partial<typeof video> = {}) => {
    await queue.add({ ...video, ...data }, { jobId, attempts: 1 })
    await until(async () => (await queue.bull.getJobState(jobId)) === 'failed')
  }
  const noticesEnded = (count: number) => until(async () => (await failures.getCompletedCount()) === count)
  return { smtp, auth, start, plant, queue, letters, failures, fail, noticesEnded, producer }
}

describe('the notifier, when a conversion has failed for good,', () => {
  it('tells the owner by mail, once, with the reason', async t => {
    const { smtp, start, fail, failures, noticesEnded, producer } = await setup(t)
    const notifier = await start()
    await fail()
    const { mail, recipients } = await smtp.next()
    await until(async () => (await producer.mails.bull.getCompletedCount()) === 1)
    assert.deepEqual(recipients, ['ada@example.com'])
    assert.equal(mail.subject, 'Your file could not be converted: holiday.mov')
    for (const body of [mail.text, mail.html]) {
      assert.match(String(body), /The file has no audio track\./)
      assert.match(String(body), new RegExp(jobId))
    }
    await noticesEnded(1)
    assert.equal(smtp.received.length, 1)
    const [told] = await failures.getCompleted()
    assert.deepEqual(told?.returnvalue, { told: true })
    const [sent] = await producer.mails.bull.getCompleted()
    assert.deepEqual(sent?.returnvalue, { sent: true, messageId: mail.messageId })
    assert.doesNotMatch(JSON.stringify([notifier.lines, told?.asJSON(), sent?.asJSON()]), /ada@example\.com/)
  })

  it('tells what failed meanwhile when it was away itself', async t => {
    const { smtp, start, fail } = await setup(t)
    const first = await start()
    await first.close()
    await fail()
    assert.equal(smtp.received.length, 0)
    await start()
    assert.equal((await smtp.next()).mail.subject, 'Your file could not be converted: holiday.mov')
  })

  it('tells webhooks of failures and cancellations, and nobody of a video that was deleted', async t => {
    const { smtp, auth, start, plant, fail, letters, noticesEnded } = await setup(t)
    await start()
    await fail()
    await noticesEnded(1)
    for (const reason of ['The video was deleted.', 'Canceled: by its owner']) {
      plant.error = new UnrecoverableError(reason)
      await letters.replay({ ids: [jobId] })
      await until(async () => (await letters.list()).letters.some(letter => failureOf(letter) === reason))
    }
    await noticesEnded(2)
    await until(async () => smtp.received.length === 1)
    const told = auth.news.map(({ type, userId, data }) => ({ type, userId, data }))
    const about = { jobId, fileName: 'holiday.mov' }
    const explanation = { code: 'no-audio-track', params: {} }
    const failed = { ...about, state: 'failed', error: 'The file has no audio track.', explanation }
    const canceled = { ...about, state: 'canceled', error: 'Canceled: by its owner' }
    assert.deepEqual(told, [
      { type: 'job.failed', userId: 'u1', data: failed },
      { type: 'job.canceled', userId: 'u1', data: canceled },
    ])
  })

  it("writes in the owner's language, with the reason as it was stored where it is a text alone", async t => {
    const { smtp, start, plant, fail, letters } = await setup(t, 'de')
    await start()
    await fail()
    assert.match(String((await smtp.next()).mail.text), /Die Datei hat keine Tonspur\./)
    // A converter of an earlier version; the job's data still explain the failure before.
    plant.error = new UnrecoverableError('The file is damaged.')
    await letters.replay({ ids: [jobId] })
    assert.match(String((await smtp.next()).mail.text), /The file is damaged\./)
  })

  it('keeps to itself what is wrong with the system', async t => {
    const { smtp, start, plant, fail } = await setup(t)
    plant.error = new Error('connect ECONNREFUSED mongodb.internal:27017')
    await start()
    await fail({ fileName: undefined })
    const { mail } = await smtp.next()
    assert.equal(mail.subject, 'Your file could not be converted')
    assert.match(String(mail.text), /for a reason of ours/)
    assert.doesNotMatch(String(mail.text) + mail.html, /ECONNREFUSED|mongodb/)
  })

  it('sends one mail although the broker tells it of the failure twice', async t => {
    const { smtp, start, plant, fail, letters, failures, noticesEnded, producer } = await setup(t)
    await start()
    await fail()
    await noticesEnded(1)
    const exchange = `${producer.prefix}:${convertVideo.name}:dead`
    const connection = await connectAmqp(servers().amqpUrl)
    const channel = await connection.createChannel()
    const message = await channel.get(exchange)
    assert.ok(message)
    channel.publish(exchange, '', message.content, message.properties)
    channel.nack(message)
    await channel.close()
    await connection.close()
    await until(async () => (await letters.count()) === 2)
    // A later failure is mailed after the copy was handled.
    plant.error = new UnrecoverableError('The file is damaged.')
    await letters.replay({ ids: [jobId] })
    await noticesEnded(2)
    assert.equal(await failures.count(), 0)
    await until(async () => (await producer.mails.bull.getCompletedCount()) === 2)
    assert.equal(smtp.received.length, 2)
  })

  it('tells of a replayed job that fails again as of a new failure', async t => {
    const { smtp, start, plant, fail, letters, noticesEnded } = await setup(t)
    await start()
    await fail()
    const first = await smtp.next()
    plant.error = new UnrecoverableError('The file is damaged.')
    await letters.replay({ ids: [jobId] })
    const second = await smtp.next()
    assert.match(String(second.mail.text), /The file is damaged\./)
    assert.notEqual(second.mail.messageId, first.mail.messageId)
    await noticesEnded(2)
    assert.equal(smtp.received.length, 2)
  })

  it('waits with a failure whose job runs again, uses up no attempt, and drops it when the job has moved on', async t => {
    const { smtp, start, fail, queue, failures, noticesEnded, plant, letters } = await setup(t)
    await (await start()).close()
    await fail()
    const running = Promise.withResolvers<void>()
    plant.wait = running.promise
    await (await queue.getJob(jobId))?.retry()
    await until(async () => (await queue.bull.getJobState(jobId)) === 'active')
    await start()
    await until(async () => (await failures.getDelayedCount()) === 1)
    plant.error = undefined
    running.resolve()
    await noticesEnded(1)
    const [told] = await failures.getCompleted()
    assert.deepEqual(told?.returnvalue, { told: false, reason: 'the conversion has moved on' })
    assert.ok((told?.attemptsMade ?? 9) <= 1, String(told?.attemptsMade))
    assert.deepEqual([smtp.received.length, await letters.count()], [0, 1])
  })

  it('tells nothing of a failure that a later run has made void', async t => {
    const { smtp, start, plant, fail, queue, letters, failures, noticesEnded, producer } = await setup(t)
    // The dead letter waits for a notifier. Meanwhile the job is replayed and its record removed.
    await (await start()).close()
    await fail()
    const job = await queue.getJob(jobId)
    await letters.purge('all')
    plant.error = new UnrecoverableError('The file is damaged.')
    await job?.retry()
    await until(async () => (await letters.count()) === 1)
    await until(async () => (await queue.bull.getJobState(jobId)) === 'failed')
    await start()
    await noticesEnded(2)
    await until(async () => (await producer.mails.bull.getCompletedCount()) === 1)
    assert.equal(smtp.received.length, 1)
    const results = (await failures.getCompleted()).map(({ returnvalue }) => returnvalue.told)
    assert.deepEqual(results.toSorted(), [false, true])
  })
})
