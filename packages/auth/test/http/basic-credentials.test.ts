import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readBasicCredentials } from '../../src/http/basic-credentials.ts'

describe('readBasicCredentials', () => {
  it('reads the examples of RFC 7617', () => {
    assert.deepEqual(readBasicCredentials('Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=='), {
      user: 'Aladdin',
      password: 'open sesame',
    })
    assert.deepEqual(readBasicCredentials('Basic dGVzdDoxMjPCow=='), { user: 'test', password: '123£' })
  })

  it('takes the scheme in any case', () => {
    assert.deepEqual(readBasicCredentials('BASIC YTpi'), { user: 'a', password: 'b' })
    assert.deepEqual(readBasicCredentials('basic  YTpi '), { user: 'a', password: 'b' })
  })

  it('splits at the first colon', () => {
    assert.deepEqual(readBasicCredentials(`Basic ${btoa('a::b:')}`), { user: 'a', password: ':b:' })
    assert.deepEqual(readBasicCredentials(`Basic ${btoa(':')}`), { user: '', password: '' })
  })

  it('gives nothing for what is missing or malformed', () => {
    for (const header of [
      undefined,
      '',
      'Basic',
      'Basic ',
      'Basic ?',
      `Basic ${btoa('ab')}`,
      'Bearer YTpi',
      'Basic /zo6',
    ])
      assert.equal(readBasicCredentials(header), undefined, header)
  })
})
