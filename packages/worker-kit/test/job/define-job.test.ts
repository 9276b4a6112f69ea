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

test('a definition cannot be changed', () => {
  const definition = defineJob({ name: 'a', input })
  assert.throws(() => Object.assign(definition, { attempts: 5 }), TypeError)
})
