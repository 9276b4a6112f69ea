import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { defineJob } from '../../src/job/index.ts'

const input = z.object({ n: z.number() })

test('one attempt is the default', () => {
  assert.equal(defineJob({ name: 'a', input }).attempts, 1)
})

test('every option that is out of range is named, all at once', () => {
  assert.throws(
    () =>
      defineJob({
        name: 'a:b',
        input,
        attempts: 0,
        timeoutMs: 1.5,
        backoff: { type: 'fixed', delayMs: 0, jitter: 2, maxDelayMs: -1 },
      }),
    {
      code: 'ERR_INVALID_DEFINITION',
      message: /name.*attempts.*timeoutMs.*backoff\.delayMs.*backoff\.jitter.*backoff\.maxDelayMs/s,
    },
  )
})

test('a time that no timer can take is refused, and so is an option that there is not', () => {
  const month = 30 * 24 * 3_600_000
  assert.throws(() => defineJob({ name: 'a', input, timeoutMs: month }), {
    code: 'ERR_INVALID_DEFINITION',
    message: 'Job "a": timeoutMs: expected an integer from 1 to 2147483647, got 2592000000',
  })
  assert.equal(
    defineJob({ name: 'a', input, backoff: { type: 'fixed', delayMs: month } }).backoff?.delayMs,
    month,
  )
  const backoff = { type: 'linear', delayMs: 13 * month, cap: 1 } as never
  assert.throws(() => defineJob({ name: 'a', input, backoff }), {
    message: /backoff\.type: .*; backoff\.delayMs: .* to 31622400000, .*; backoff\.cap: no such option/,
  })
  assert.throws(() => defineJob(undefined as never), { message: /expected an object, got undefined/ })
  assert.throws(() => defineJob({ name: 'a', atempts: 3 } as never), {
    message: /input: .*; atempts: no such option/,
  })
})

test('a definition cannot be changed', () => {
  const definition = defineJob({ name: 'a', input })
  assert.throws(() => Object.assign(definition, { attempts: 5 }), TypeError)
})
