import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hidePrivate, hidePrivateText } from '../../src/admin/hide-private.ts'

test('texts are shown without mail addresses, tokens and passwords', () => {
  const key = `jackalope_${'a'.repeat(43)}`
  const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl'
  const shown: Record<string, string> = {
    '550 <ada@example.com>: unknown': '550 <[hidden]>: unknown',
    'Bearer eyJx': 'Bearer eyJx',
    [`sent ${token}.`]: 'sent [hidden].',
    [`key ${key} refused`]: 'key [hidden] refused',
    'amqp://me:pw@host:5672': 'amqp://me:[hidden]@host:5672',
    'GET /verify-email?token=abc&x=1': 'GET /verify-email?token=[hidden]&x=1',
    'The file has no audio track.': 'The file has no audio track.',
  }
  for (const [text, expected] of Object.entries(shown)) assert.equal(hidePrivateText(text), expected)
  const started = performance.now()
  for (const hostile of [
    'a@'.repeat(50_000),
    'eyJ'.repeat(50_000),
    '?token='.repeat(20_000),
    `x${'://a'.repeat(30_000)}`,
  ])
    assert.ok(hidePrivateText(hostile).length <= 80_000)
  assert.ok(performance.now() - started < 1_000)
})

test('data are shown without what has the name of a secret, at any depth', () => {
  const data = {
    videoId: '1',
    retries: 0,
    options: { format: 'mp3', accessToken: 'x', passwords: ['y'] },
    to: ['ada@example.com'],
    tokensLeft: 3,
  }
  assert.deepEqual(hidePrivate(data), {
    videoId: '1',
    retries: 0,
    options: { format: 'mp3', accessToken: '[hidden]', passwords: '[hidden]' },
    to: ['[hidden]'],
    tokensLeft: 3,
  })
  let deep: unknown = 'end'
  for (let depth = 0; depth < 1_000; depth += 1) deep = { deep }
  assert.ok(JSON.stringify(hidePrivate(deep)).length < 300)
})
