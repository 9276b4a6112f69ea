import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HttpProblem } from '@jackalope/service-kit'
import { createUploadSlots } from '../../../src/upload/limits/upload-slots.ts'

test('gives as many slots as there are, and no more than one user may have', () => {
  const slots = createUploadSlots({ max: 3, maxPerUser: 2 })
  const ada = [slots.take('ada'), slots.take('ada')]
  assert.throws(() => slots.take('ada'), isProblem(429, 'too-many-uploads'))
  slots.take('bob')
  assert.throws(() => slots.take('cleo'), isProblem(503, 'uploads-busy'))
  ada[0]?.()
  ada[0]?.()
  slots.take('cleo')
  assert.throws(() => slots.take('dora'), isProblem(503, 'uploads-busy'), 'a slot is given back once')
})

function isProblem(status: number, code: string) {
  return (error: unknown) => {
    assert.ok(error instanceof HttpProblem)
    assert.deepEqual([error.status, error.code], [status, code])
    assert.ok(Number(error.headers['Retry-After']) > 0)
    return true
  }
}
