import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeUnrecorded, encodeUnrecorded } from '../../src/amqp/unrecorded-job.ts'

const decode = (body: string) => decodeUnrecorded('an-id', Buffer.from(body), { type: 'greet' })

test('data keep the text that their producer wrote', () => {
  const data = '{"n":1.0,"text":"a,\\"data\\":1","data":{"data":[]}}'
  const job = { name: 'a","data":', data, opts: { attempts: 2 }, timestamp: 5 }
  assert.deepEqual(
    decodeUnrecorded('an-id', encodeUnrecorded(job, 'an-id').content, { type: undefined }),
    job,
  )
})

test('a body may have its fields in any order, and in any place what reads like its data', () => {
  const bodies: [body: string, data: unknown, opts?: object][] = [
    ['{}', {}],
    ['{"name":"greet"}', {}],
    ['{"data":{"to":"Ada"},"name":"greet"}', { to: 'Ada' }],
    ['{"name":"greet","data":{"to":"Ada"},"opts":{"attempts":2}}', { to: 'Ada' }, { attempts: 2 }],
    ['{"name":"greet","data":null}', null],
    ['{"name":"greet","data":1,"data":2}', 2],
    ['{"data":1,"name":"greet","data":2}', 2],
    [
      '{"opts":{"backoff":{"type":"fixed","delay":1,"data":{}}}}',
      {},
      { backoff: { type: 'fixed', delay: 1, data: {} } },
    ],
    ['{"opts":{"backoff":{"type":"a","delay":1,"data":{}}},"data":3}', 3, undefined],
  ]
  for (const [body, data, opts] of bodies) {
    const job = decode(body)
    assert.ok(typeof job === 'object', `${body}: ${job}`)
    assert.deepEqual(JSON.parse(job.data), data, body)
    assert.equal(job.name, 'greet')
    if (opts) assert.deepEqual(job.opts, opts)
  }
})

test('a body that is no JSON is refused, wherever the fault is', () => {
  for (const body of [
    '{"name":"a","data":}',
    '{"name":"a","data":{]}',
    '{"name":a,"data":1}',
    '[1,"data":2}',
    '1',
  ])
    assert.match(String(decode(body)), /its body is no JSON/)
})
