import assert from 'node:assert/strict'
import { test } from 'node:test'
import { errorOf } from '../src/api-error.ts'

const response = (status: number) => new Response(null, { status })

test('an error names the members of the body that were refused', () => {
  const errors = [{ field: 'password', detail: 'must have at least 10 characters' }]
  const error = errorOf(response(422), { code: 'invalid-fields', errors })
  assert.equal(error.code, 'invalid-fields')
  assert.deepEqual(error.errors, errors)
})

test('an error of something else than the service has no members', () => {
  for (const body of [undefined, 'Bad Gateway', { errors: 'many' }, { errors: [{ field: 7 }, null] }])
    assert.deepEqual(errorOf(response(502), body).errors, [])
})
