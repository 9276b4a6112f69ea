import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { describe, it, type TestContext } from 'node:test'
import { jobIdOfDelivery, webhookDelivery } from '@jackalope/contracts'
import { listen, until } from '@jackalope/local-servers/testing'
import { Webhook } from 'standardwebhooks'
import { startAuthServer, type TestAuthAnswers } from './support/auth-server.ts'
import { startProducer } from './support/kit.ts'
import { startTestNotifier } from './support/notifier.ts'

const secret = `whsec_${randomBytes(32).toString('base64')}`
const body = '{"type":"job.completed","timestamp":"2026-11-30T01:00:00.000Z","data":{"jobId":"v-1"}}'

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString()

/** A notifier, and a receiver that answers with these statuses, then with 200; `undefined` is no answer. */
async function setup(t: TestContext, statuses: (number | undefined)[] = [], answers: TestAuthAnswers = {}) {
  const producer = await startProducer(t)
  const received: { verified: unknown; id: unknown }[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const headers = request.headers as Record<string, string>
    const verified = new Webhook(secret).verify(Buffer.concat(chunks).toString(), headers)
    received.push({ verified, id: headers['webhook-id'] })
    const status = statuses.length > 0 ? statuses.shift() : 200
    if (status !== undefined) response.writeHead(status, { 'Retry-After': '600' }).end()
  })
  const url = await listen(t, server)
  const parcel = { eventId: 'msg_1', url, secrets: [secret], body }
  const auth = await startAuthServer(t, {
    parcels: { d1: parcel, later: { ...parcel, notBefore: inAnHour() } },
    ...answers,
  })
  const env = { MAIL: 'off', AUTH_URL: auth.url, WEBHOOK_ALLOWED_NETWORKS: 'loopback' }
  const start = () => startTestNotifier(producer, env)
  const queue = producer.kit.queue(webhookDelivery)
  const add = async (changes: { deliveryId?: string; round?: number } = {}, attempts?: number) => {
    const data = { deliveryId: 'd1', round: 1, ownerId: 'u1', ...changes }
    const jobId = jobIdOfDelivery(data)
    await queue.add(data, { jobId, attempts })
    return async (state: 'completed' | 'failed') => {
      await until(async () => (await queue.bull.getJobState(jobId)) === state)
      return (await queue.getJob(jobId)) ?? assert.fail()
    }
  }
  return { producer, auth, received, start, add, queue }
}

describe('the notifier, with a webhook to deliver,', () => {
  it('sends it signed, tells auth, and tries again when it fails', async t => {
    const { auth, received, start, add } = await setup(t, [503])
    await start()
    const ended = await add()
    assert.deepEqual((await ended('completed')).returnvalue, { delivered: true, status: 200 })
    assert.deepEqual(
      received.map(({ id }) => id),
      ['msg_1', 'msg_1'],
    )
    assert.deepEqual(received[1]?.verified, JSON.parse(body))
    const reports = auth.reports.map(report => [
      ...[report.status, report.error, report.explanation, report.isLast],
    ])
    assert.deepEqual(reports, [
      [503, 'It answered 503.', { code: 'webhook-status', params: { status: 503 } }, false],
      [200, undefined, undefined, false],
    ])
    assert.equal(auth.reports[0]?.retryAfterMs, 600_000)
  })

  it('sends nothing that need not be sent, and makes no dead letter of what fails for good', async t => {
    const { producer, received, start, add, auth } = await setup(t, [500, 410])
    await start()
    const obsolete = await add({ deliveryId: 'd2' })
    assert.equal((await obsolete('completed')).returnvalue.delivered, false)
    assert.equal(received.length, 0)
    const last = await add({}, 1)
    assert.deepEqual((await last('completed')).returnvalue, { delivered: false, reason: 'It answered 500.' })
    assert.equal(auth.reports[0]?.isLast, true)
    const gone = await add({ round: 2 })
    assert.deepEqual((await gone('completed')).returnvalue, { delivered: false, reason: 'It answered 410.' })
    assert.equal(await producer.kit.deadLetters(webhookDelivery).count(), 0)
  })

  it('waits for as long as the receiver wants, and loses no attempt by that', async t => {
    const { received, start, queue } = await setup(t)
    await start()
    await queue.add({ deliveryId: 'later', round: 1, ownerId: 'u1' }, { jobId: 'later' })
    await until(async () => (await queue.bull.getJobState('later')) === 'delayed')
    const job = (await queue.getJob('later')) ?? assert.fail()
    assert.ok(job.delay > 3_500_000 && job.delay <= 3_600_000, String(job.delay))
    assert.deepEqual([job.attemptsMade, received.length], [0, 0])
  })

  it('does not send again what was delivered when auth could not be told', async t => {
    const { received, start, add, auth } = await setup(t, [], { refuseReports: [503, 503] })
    await start()
    const ended = await add()
    assert.deepEqual((await ended('completed')).returnvalue, { delivered: true, status: 200 })
    assert.equal(received.length, 1)
    assert.equal(auth.reports.length, 1)
  })

  it('has slow endpoints of one user hold up nobody else', async t => {
    const silent = Array<undefined>(4).fill(undefined)
    const { producer, start, queue, received } = await setup(t, silent)
    await start()
    const slow = Array.from({ length: 40 }, (_, round) => ({ deliveryId: 'd1', round, ownerId: 'u1' }))
    await queue.bull.addBulk(slow.map(data => ({ name: queue.bull.name, data })))
    await until(async () => received.length === 4)
    const id = 'fast'
    await queue.add({ deliveryId: 'd1', round: 99, ownerId: 'u2' }, { jobId: id })
    await until(async () => (await queue.bull.getJobState(id)) === 'completed')
    assert.ok((await producer.kit.queue(webhookDelivery).bull.getDelayedCount()) > 0)
  })
})
