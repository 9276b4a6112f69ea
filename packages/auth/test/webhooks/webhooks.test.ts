import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createdWebhook } from '@jackalope/contracts'
import { networksOf } from '@jackalope/service-kit'
import { bob } from '../support/accounts.ts'
import { problemOf, startTestAuth } from '../support/test-auth.ts'
import { startWebhookAuth } from '../support/webhooks.ts'

describe('webhooks', () => {
  it('are registered, listed, changed and deleted by their owner, who gets a mail', async t => {
    const { auth, user, call, create, view } = await startWebhookAuth(t)
    const { secret, ...shown } = await create({ description: ' Build server ' })
    assert.match(secret, /^whsec_[\w+/]{43}=$/)
    assert.deepEqual(shown.events, ['job.completed', 'job.failed', 'job.canceled'])
    assert.equal(shown.description, 'Build server')
    const second = await create({ events: ['job.failed'] })
    const { webhooks } = (await (await call('GET', '')).json()) as { webhooks: { id: string }[] }
    assert.deepEqual(
      webhooks.map(({ id }) => id),
      [shown.id, second.id],
    )
    assert.ok(!JSON.stringify(webhooks).includes(secret))
    const changes = { url: 'https://example.org/', events: ['job.canceled', 'job.failed'], enabled: false }
    assert.equal((await call('PATCH', `/${shown.id}`, changes)).status, 200)
    const changed = await view(shown.id)
    assert.deepEqual([changed.url, changed.events], ['https://example.org/', ['job.failed', 'job.canceled']])
    assert.deepEqual([changed.enabled, changed.disabledReason], [false, 'owner'])
    await call('PATCH', `/${shown.id}`, { enabled: true })
    assert.equal((await view(shown.id)).disabledAt, undefined)
    assert.equal((await call('DELETE', `/${shown.id}`)).status, 204)
    assert.equal((await call('GET', `/${shown.id}`)).status, 404)
    const kinds = await auth.kindsTo('ada@example.com')
    // The third is of the new address.
    assert.equal(kinds.filter(kind => kind === 'webhook-created').length, 3)
    const actions = (await auth.actions(user.id)).filter(action => action.startsWith('webhook'))
    assert.deepEqual(actions, [
      ...['webhook-created', 'webhook-created', 'webhook-changed', 'webhook-changed', 'webhook-deleted'],
    ])
  })

  it('with a new address have not failed yet, and their owner gets a mail that names it', async t => {
    const { auth, call, create, view, record, deliveries, report } = await startWebhookAuth(t)
    const { id, url } = await create()
    await record()
    const [delivery] = await deliveries(id)
    await report(delivery?.id ?? '', { error: 'It answered 500.', status: 500 })
    assert.equal((await call('PATCH', `/${id}`, { url, description: 'the same' })).status, 200)
    assert.ok((await view(id)).failingSince)
    assert.equal((await call('PATCH', `/${id}`, { url: 'https://example.org/' })).status, 200)
    assert.equal((await view(id)).failingSince, undefined)
    const mails = (await auth.mailsTo('ada@example.com')).filter(mail => mail?.kind === 'webhook-created')
    assert.deepEqual(
      mails.map(mail => mail?.webhookUrl),
      [url, 'https://example.org/'],
    )
  })

  it('lead to public addresses by HTTPS only', async t => {
    const { call } = await startWebhookAuth(t)
    for (const url of [
      ...[
        'http://example.com/',
        'ftp://example.com/',
        'example.com',
        '',
        7,
        `https://example.com/${'a'.repeat(2_000)}`,
      ],
      ...[
        'https://user:pass@example.com/',
        'https://example.com/#part',
        'https://localhost/',
        'https://a.localhost./',
      ],
      ...[
        'https://127.0.0.1/',
        'https://2130706433/',
        'https://0x7f.1/',
        'https://[::1]/',
        'https://[::ffff:10.0.0.1]/',
      ],
      ...[
        'https://10.0.0.1/',
        'https://169.254.169.254/latest',
        'https://[fe80::1]/',
        'https://192.168.1.1:8443/',
      ],
    ]) {
      const response = await call('POST', '', { url })
      assert.equal(response.status, 422, String(url))
      const { errors } = (await problemOf(response)) as { errors: { field: string }[] }
      assert.deepEqual(
        errors.map(({ field }) => field),
        ['url'],
        String(url),
      )
    }
  })

  it('lead to networks that the operator allows, without TLS too', async t => {
    const { call, create } = await startWebhookAuth(t, {
      WEBHOOK_ALLOWED_NETWORKS: networksOf(['127.0.0.0/8']),
    })
    await create({ url: 'http://127.0.0.1:8080/' })
    assert.equal((await call('POST', '', { url: 'http://10.0.0.1/' })).status, 422)
  })

  it('are 10 of a user at most, also when they are created at once', async t => {
    const { call } = await startWebhookAuth(t)
    const body = { url: 'https://example.com/' }
    const answers = await Promise.all(Array.from({ length: 14 }, () => call('POST', '', body)))
    assert.equal(answers.filter(({ status }) => status === 201).length, 10)
    const refused = answers.find(({ status }) => status === 409) as Response
    assert.equal((await problemOf(refused)).code, 'too-many-webhooks')
  })

  it('get new secrets, and sign with the old one as well for as long as is wanted', async t => {
    const { call, create, record, deliveries, parcel } = await startWebhookAuth(t)
    const { id, secret } = await create()
    await record()
    const [delivery] = await deliveries(id)
    const secretsNow = async () => {
      const found = await parcel(delivery?.id ?? '')
      return typeof found === 'object' ? found.secrets : found
    }
    assert.deepEqual(await secretsNow(), [secret])
    const rotate = async (body?: object) =>
      createdWebhook.strict().parse(await (await call('POST', `/${id}/secret`, body)).json())
    const second = await rotate()
    assert.ok(second.oldSecretExpiresAt)
    assert.deepEqual(await secretsNow(), [second.secret, secret])
    const third = await rotate({ overlapHours: 0 })
    assert.equal(third.oldSecretExpiresAt, undefined)
    assert.deepEqual(await secretsNow(), [third.secret])
  })

  it('are out of reach of other users and of API keys', async t => {
    const { auth, token, create, record, deliveries } = await startWebhookAuth(t)
    const { id } = await create()
    await record()
    const [delivery] = await deliveries(id)
    const body = { name: 'x', scopes: ['jobs:read', 'jobs:write', 'files:read'] }
    const { key } = (await (await auth.call('POST', '/account/api-keys', { token, body })).json()) as {
      key: string
    }
    await auth.verified(bob)
    const his = await auth.tokenOf(bob)
    for (const [method, path] of [
      ['GET', ''],
      ['PATCH', ''],
      ['DELETE', ''],
      ['POST', '/secret'],
      ['POST', '/test'],
      ['GET', '/deliveries'],
      ['GET', `/deliveries/${delivery?.id}`],
      ['POST', `/deliveries/${delivery?.id}/replay`],
    ] as const) {
      const request = { body: method === 'PATCH' ? {} : undefined }
      const target = `/account/webhooks/${id}${path}`
      assert.equal(
        (await auth.call(method, target, { ...request, token: his })).status,
        404,
        `${method} ${path}`,
      )
      assert.equal(
        (await auth.call(method, target, { ...request, token: key })).status,
        403,
        `${method} ${path}`,
      )
    }
  })

  it('are exported without secrets, and go with their user', async t => {
    const { auth, token, create, record } = await startWebhookAuth(t)
    const { secret } = await create()
    await record()
    const text = await (await auth.call('GET', '/internal/account-export', { token })).text()
    assert.match(text, /"webhookDeliveries":\[\{"id":/)
    assert.ok(!text.includes(secret))
    await auth.connection.query('DELETE FROM users')
    for (const table of ['webhooks', 'webhook_events', 'webhook_deliveries', 'webhook_attempts']) {
      const [rows] = await auth.connection.query(`SELECT * FROM ${table}`)
      assert.deepEqual(rows, [], table)
    }
  })
})

describe('an account', () => {
  it('says which mails it wants, and in which language', async t => {
    const auth = await startTestAuth(t)
    const { email, password } = bob
    await auth.register({ email, password }, { 'Accept-Language': 'fr;q=1, de-AT;q=0.9, en;q=0.8' })
    const token = ((await (await auth.login(email, password)).json()) as { access_token: string })
      .access_token
    const change = async (body: object) => {
      const { notices, language } = (await (
        await auth.call('PATCH', '/account', { token, body })
      ).json()) as {
        [name: string]: unknown
      }
      return [notices, language]
    }
    assert.deepEqual(await change({}), [true, 'de'])
    assert.deepEqual(await change({ notices: false, language: 'en' }), [false, 'en'])
    assert.equal((await auth.call('PATCH', '/account', { token, body: { language: 'xx' } })).status, 422)
  })
})
