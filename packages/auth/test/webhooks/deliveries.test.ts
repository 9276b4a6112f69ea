import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { explained } from '@jackalope/contracts'
import { openDatabase } from '../../src/database/database.ts'
import { createAuthOutbox } from '../../src/outbox/auth-outbox.ts'
import { createDeliveries } from '../../src/webhooks/deliveries.ts'
import { createDeliveryStore } from '../../src/webhooks/delivery-store.ts'
import { createWebhookStore } from '../../src/webhooks/webhook-store.ts'
import { startWebhookAuth } from '../support/webhooks.ts'

const { text: error, explanation } = explained('webhook-status', { status: 500 })
const failed = { error, explanation, status: 500, response: 'no' }

describe('deliveries of webhooks', () => {
  it('are made once for an event, for each endpoint that wants it, with a job of their own', async t => {
    const { create, record, deliveries, parcel, jobs } = await startWebhookAuth(t)
    const all = await create()
    const some = await create({ events: ['job.failed'] })
    assert.deepEqual((await Promise.all([record(), record()])).toSorted(), [0, 1])
    assert.equal(await record({ id: 'msg_2', type: 'job.failed' }), 2)
    assert.equal((await deliveries(some.id)).length, 1)
    const [newest, oldest] = await deliveries(all.id)
    assert.deepEqual([newest?.eventId, oldest?.eventId], ['msg_2', 'msg_1'])
    assert.equal((await jobs()).length, 3)
    assert.deepEqual(await parcel(oldest?.id ?? ''), {
      ...{ id: oldest?.id, eventId: 'msg_1', url: all.url, secrets: [all.secret] },
      body: '{"type":"job.completed","timestamp":"2026-11-30T01:00:00.000Z","data":{"jobId":"v-1"}}',
    })
  })

  it('are not made for users without endpoints, disabled endpoints, and locked users', async t => {
    const { auth, create, call, record } = await startWebhookAuth(t)
    assert.equal(await record(), 0)
    const { id } = await create()
    await call('PATCH', `/${id}`, { enabled: false })
    assert.equal(await record(), 0)
    await call('PATCH', `/${id}`, { enabled: true })
    await auth.connection.query('UPDATE users SET locked_at = NOW()')
    assert.equal(await record(), 0)
    assert.equal(await record({ userId: 'nobody' }), 0)
  })

  it('tell each attempt, and end when one succeeds', async t => {
    const { create, record, deliveries, details, report, parcel } = await startWebhookAuth(t)
    const { id } = await create()
    await record()
    const [{ id: deliveryId } = { id: '' }] = await deliveries(id)
    const at = new Date(Date.now() - 1_000).toISOString()
    assert.equal(await report(deliveryId, { ...failed, at }), 'pending')
    // The same report again, as after an answer that got lost.
    assert.equal(await report(deliveryId, { ...failed, at }), 'pending')
    assert.deepEqual((await details(id, deliveryId)).explanation, explanation)
    // A notifier of a later version says more.
    assert.equal(await report(deliveryId, { status: 204, ...{ ofTomorrow: 1 } }), 'delivered')
    const { history, payload, ...shown } = await details(id, deliveryId)
    assert.deepEqual(
      [shown.state, shown.attempts, shown.lastStatus, shown.lastError, shown.explanation],
      ['delivered', 2, 204, undefined, undefined],
    )
    assert.deepEqual(
      history.map(attempt => [attempt.status, attempt.error, attempt.explanation, attempt.response]),
      [
        [500, failed.error, explanation, 'no'],
        [204, undefined, undefined, undefined],
      ],
    )
    assert.deepEqual(payload.data, { jobId: 'v-1' })
    assert.equal(await parcel(deliveryId), 410)
  })

  it('are replayed under the same id when they have ended, not before', async t => {
    const { user, create, record, deliveries, details, report, parcel, call, started, jobs } =
      await startWebhookAuth(t)
    const { id } = await create()
    await record()
    const [{ id: deliveryId } = { id: '' }] = await deliveries(id)
    const replay = () => call('POST', `/${id}/deliveries/${deliveryId}/replay`)
    assert.equal((await replay()).status, 409)
    assert.equal(await report(deliveryId, { ...failed, isLast: true }), 'failed')
    assert.deepEqual((await started(await replay())).state, 'pending')
    assert.deepEqual(await jobs(), [
      { deliveryId, round: 1, ownerId: user.id },
      { deliveryId, round: 2, ownerId: user.id },
    ])
    assert.equal(await parcel(deliveryId, 1), 410)
    const parcels = await parcel(deliveryId, 2)
    assert.equal(typeof parcels === 'object' && parcels.eventId, 'msg_1')
    // A late report of the first round changes nothing but the history.
    assert.equal(await report(deliveryId, { status: 200 }), 'pending')
    assert.equal(await report(deliveryId, { round: 2, status: 200 }), 'delivered')
    assert.equal((await details(id, deliveryId)).history.length, 3)
  })

  it('of test events are tried once, and asked for where they are wanted', async t => {
    const { auth, create, call, started, parcel } = await startWebhookAuth(t)
    const { id } = await create({ events: ['job.failed'] })
    const { id: deliveryId, type } = await started(await call('POST', `/${id}/test`))
    assert.equal(type, 'webhook.test')
    const found = await parcel(deliveryId)
    assert.match(typeof found === 'object' ? found.body : '', /^\{"type":"webhook.test"/)
    const sql = "SELECT options FROM jobs_outbox WHERE queue = 'webhook.deliver'"
    const [[row]] = (await auth.connection.query(sql)) as unknown as [[{ options: string }]]
    assert.equal(JSON.parse(row.options).attempts, 1)
    await call('PATCH', `/${id}`, { enabled: false })
    assert.equal((await call('POST', `/${id}/test`)).status, 409)
  })

  it('disable an endpoint that fails for days, with a mail, and fail with it', async t => {
    const { auth, user, create, record, deliveries, report, view } = await startWebhookAuth(t)
    const { id, url } = await create()
    await record()
    await record({ id: 'msg_2' })
    const [second, first] = await deliveries(id)
    await report(first?.id ?? '', failed)
    assert.ok((await view(id)).failingSince)
    await report(first?.id ?? '', failed)
    assert.equal((await view(id)).enabled, true)
    await auth.connection.query('UPDATE webhooks SET failing_since = NOW() - INTERVAL 73 HOUR')
    assert.equal(await report(first?.id ?? '', failed), 'failed')
    const disabled = await view(id)
    assert.deepEqual([disabled.enabled, disabled.disabledReason], [false, 'failing'])
    assert.equal((await deliveries(id, '?state=failed')).length, 2)
    assert.equal((await deliveries(id, '?state=pending')).length, 0)
    assert.equal(second?.state, 'pending')
    const mail = (await auth.mailsTo('ada@example.com')).find(each => each?.kind === 'webhook-disabled')
    assert.equal(mail?.webhookUrl, url)
    assert.ok((await auth.actions(user.id)).includes('webhook-disabled'))
  })

  it('disable an endpoint that is gone at once, and none that has recovered', async t => {
    const { auth, create, record, deliveries, report, view } = await startWebhookAuth(t)
    const { id } = await create()
    await record()
    await record({ id: 'msg_2' })
    const [second, first] = await deliveries(id)
    await report(first?.id ?? '', failed)
    await auth.connection.query('UPDATE webhooks SET failing_since = NOW() - INTERVAL 73 HOUR')
    await report(second?.id ?? '', { status: 200 })
    assert.equal((await view(id)).failingSince, undefined)
    await report(first?.id ?? '', failed)
    assert.equal((await view(id)).enabled, true)
    await report(first?.id ?? '', { ...failed, status: 410 })
    assert.equal((await view(id)).disabledReason, 'gone')
  })

  it('wait for as long as the receiver wants, all of its endpoint but tests, and not for ever', async t => {
    const { auth, create, call, record, started, deliveries, report, parcel, view } =
      await startWebhookAuth(t)
    const { id } = await create()
    await record()
    await record({ id: 'msg_2' })
    const [second, first] = await deliveries(id)
    const notBefore = async (delivery: string) => {
      const found = await parcel(delivery)
      return typeof found === 'object' ? Date.parse(found.notBefore ?? '') - Date.now() : found
    }
    const busy = { ...failed, status: 429, retryAfterMs: 600_000 }
    assert.equal(await report(first?.id ?? '', busy), 'pending')
    const waits = [await notBefore(first?.id ?? ''), await notBefore(second?.id ?? '')]
    assert.ok(
      waits.every(ms => ms > 590_000 && ms <= 600_000),
      String(waits),
    )
    assert.ok((await view(id)).pausedUntil)
    const test = await started(await call('POST', `/${id}/test`))
    assert.ok(Number.isNaN(await notBefore(test.id)))
    // Whoever waits for that reason is not lost.
    await report(first?.id ?? '', { ...busy, retryAfterMs: 9e12, at: new Date(Date.now() - 1).toISOString() })
    const wait = await notBefore(second?.id ?? '')
    assert.ok(wait > 3.9 * 3_600_000 && wait <= 4 * 3_600_000, String(wait))
    const [rows] = await auth.connection.query(
      'SELECT COUNT(*) AS early FROM webhook_deliveries WHERE overdue_at < NOW() + INTERVAL 4 HOUR',
    )
    assert.deepEqual(rows, [{ early: 0 }])
    await report(test.id, { status: 200 })
    assert.ok(Number.isNaN(await notBefore(second?.id ?? '')))
  })

  it('get their end if they were recorded while their endpoint was being disabled', async t => {
    const { auth, create, record, deliveries, parcel } = await startWebhookAuth(t)
    const { id } = await create()
    await record()
    await auth.connection.query("UPDATE webhooks SET disabled_at = NOW(), disabled_reason = 'owner'")
    const [{ id: deliveryId } = { id: '' }] = await deliveries(id)
    assert.equal(await parcel(deliveryId, 2), 410)
    assert.equal((await deliveries(id))[0]?.state, 'pending')
    assert.equal(await parcel(deliveryId), 410)
    const [ended] = await deliveries(id)
    const { text, explanation } = explained('webhook-disabled', {})
    assert.deepEqual([ended?.state, ended?.lastError, ended?.explanation], ['failed', text, explanation])
  })

  it('are started again when their job must have got lost', async t => {
    const { auth, user, create, record, deliveries: list, jobs, parcel } = await startWebhookAuth(t)
    const { id } = await create()
    await record()
    const database = openDatabase(auth.url)
    t.after(() => database.close())
    await database.prepare(AbortSignal.timeout(10_000))
    const stores = { webhooks: createWebhookStore(database), store: createDeliveryStore(database) }
    const deliveries = createDeliveries({ database, outbox: createAuthOutbox(database.sequelize), ...stores })
    assert.equal(await deliveries.requeueLost(10), 0)
    await auth.connection.query('UPDATE webhook_deliveries SET overdue_at = NOW() - INTERVAL 1 SECOND')
    assert.equal(await deliveries.requeueLost(10), 1)
    assert.equal(await deliveries.requeueLost(10), 0)
    const [delivery] = await list(id)
    assert.deepEqual((await jobs())[1], { deliveryId: delivery?.id, round: 2, ownerId: user.id })
    assert.equal(await parcel(delivery?.id ?? '', 1), 410)
    assert.equal(await deliveries.removeBefore(new Date(Date.now() + 1_000), 10), 1)
    assert.deepEqual(await list(id), [])
  })

  it('are listed page by page', async t => {
    const { auth, token, create, record, deliveries } = await startWebhookAuth(t)
    const { id } = await create()
    for (let index = 0; index < 5; index += 1) await record({ id: `msg_${index}` })
    const seen: string[] = []
    let path: string | undefined = `/account/webhooks/${id}/deliveries?limit=2`
    while (path) {
      const response: Response = await auth.call('GET', path, { token })
      const page = (await response.json()) as { deliveries: { id: string }[]; next?: string }
      seen.push(...page.deliveries.map(each => each.id))
      path = page.next
    }
    assert.deepEqual(
      seen,
      (await deliveries(id)).map(each => each.id),
    )
    assert.equal((await deliveries(id, '?type=job.failed')).length, 0)
  })
})

describe('notices', () => {
  it('are remembered, with doubts about what a mail server did', async t => {
    const { auth, user, internal } = await startWebhookAuth(t)
    const ask = async (method: string, body?: object) =>
      (await internal(method, '/notices/ready:v-1', body)).json() as Promise<unknown>
    assert.deepEqual(await ask('GET'), { sent: false, doubts: 0 })
    assert.deepEqual(await ask('PUT', { userId: user.id, outcome: 'doubtful' }), { sent: false, doubts: 1 })
    assert.deepEqual(await ask('PUT', { userId: user.id, outcome: 'sent' }), { sent: true, doubts: 1 })
    assert.deepEqual(await ask('GET'), { sent: true, doubts: 1 })
    // A mail about an account, as well: auth knows whose it is, also when the account is gone.
    const [[mail]] = (await auth.connection.query('SELECT id FROM account_mails LIMIT 1')) as unknown as [
      [{ id: string }],
    ]
    const about = `/notices/account:${mail.id}`
    const outcome = async (body: object) => (await internal('PUT', about, body)).json()
    assert.deepEqual(await outcome({ outcome: 'doubtful' }), { sent: false, doubts: 1 })
    await auth.connection.query('UPDATE account_mails SET user_id = ?', ['gone'])
    assert.deepEqual(await outcome({ outcome: 'sent' }), { sent: true, doubts: 1 })
    assert.deepEqual(await (await internal('GET', about)).json(), { sent: true, doubts: 1 })
    const off = await internal('PUT', `/users/${user.id}/notices`, { notices: false })
    assert.equal(off.status, 204)
    const { notices } = (await (await internal('GET', `/users/${user.id}`)).json()) as { notices: boolean }
    assert.equal(notices, false)
    assert.ok((await auth.actions(user.id)).includes('notices-changed'))
    await auth.connection.query('DELETE FROM users')
    assert.deepEqual(await ask('GET'), { sent: false, doubts: 0 })
    assert.equal((await internal('PUT', `/users/${user.id}/notices`, { notices: true })).status, 404)
  })
})
