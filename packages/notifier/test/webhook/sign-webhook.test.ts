import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import { Webhook } from 'standardwebhooks'
import { signatureHeaders } from '../../src/webhook/sign-webhook.ts'

const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`

describe('signatureHeaders', () => {
  const body = '{"type":"job.completed","data":{"fileName":"Grüße 日本語"}}'
  const content = { id: 'msg_1', sentAt: new Date(), body }

  it('are verified by each of the secrets, and by no other', () => {
    const [current, old, other] = [newSecret(), newSecret(), newSecret()]
    const headers = signatureHeaders(content, [current, old])
    for (const secret of [current, old])
      assert.deepEqual(new Webhook(secret).verify(body, headers), JSON.parse(body))
    assert.throws(() => new Webhook(other).verify(body, headers))
    assert.throws(() => new Webhook(current).verify(`${body} `, headers))
    assert.throws(() => new Webhook(current).verify(body, { ...headers, 'webhook-id': 'msg_2' }))
  })

  it('are what the package signs itself', () => {
    const secret = newSecret()
    const signed = new Webhook(secret).sign('msg_1', content.sentAt, body)
    assert.equal(signatureHeaders(content, [secret])['webhook-signature'], signed)
  })
})
