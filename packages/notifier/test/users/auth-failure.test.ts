import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { authFailure } from '../../src/users/auth-failure.ts'

describe('authFailure', () => {
  it('takes only a missing user for permanent', () => {
    const gone = authFailure(404, 'u1', 'user-unknown')
    assert.deepEqual([gone.code, gone.permanent], ['ERR_USER_GONE', true])
    const verdicts = [404, 400, 401, 403, 429, 500, 502, 503].map(status => {
      const { code, permanent } = authFailure(status, 'u1')
      return [status, code, permanent]
    })
    assert.deepEqual(verdicts, [
      [404, 'ERR_AUTH_UNAVAILABLE', false],
      [400, 'ERR_AUTH_UNAVAILABLE', false],
      [401, 'ERR_AUTH_REFUSED', false],
      [403, 'ERR_AUTH_REFUSED', false],
      [429, 'ERR_AUTH_UNAVAILABLE', false],
      [500, 'ERR_AUTH_UNAVAILABLE', false],
      [502, 'ERR_AUTH_UNAVAILABLE', false],
      [503, 'ERR_AUTH_UNAVAILABLE', false],
    ])
  })

  it('says what to do about a wrong address', () => {
    assert.match(authFailure(404, 'u1').message, /AUTH_URL/)
  })

  it('says what to do about a wrong token', () => {
    assert.match(authFailure(401, 'u1').message, /same SERVICE_TOKEN/)
  })
})
