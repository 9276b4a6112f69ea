import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { startAuthProcess } from './support/auth-process.ts'

const nowhere = 'mysql://me:hunter22@127.0.0.1:1/auth'

describe('auth does not start', { concurrency: 2 }, () => {
  for (const [name, env, fault] of [
    ['without a secret', { JWT_SECRET: '' }, /^ {2}JWT_SECRET: is not set; JWT_ALGORITHM=HS256 needs it/m],
    [
      'without a private key',
      { JWT_ALGORITHM: 'ES256' },
      /^ {2}JWT_PRIVATE_KEY: is not set; JWT_ALGORITHM=ES256/m,
    ],
    [
      'with what is no key',
      { JWT_PRIVATE_KEY: 'hunter22' },
      /^ {2}JWT_PRIVATE_KEY: expected a private key of the/m,
    ],
    [
      'with a short secret',
      { JWT_SECRET: 'hunter22-hunter22' },
      /^ {2}JWT_SECRET: is too short: .* 32 bytes, got 17/m,
    ],
    ['with a placeholder', { JWT_SECRET: 'x'.repeat(40) }, /^ {2}JWT_SECRET: is too easy to guess/m],
    ['without a service token', { SERVICE_TOKEN: '' }, /^ {2}SERVICE_TOKEN: is not set/m],
    ['without a database', { MYSQL_URL: 'mysql://me:hunter22@h:1' }, /^ {2}MYSQL_URL: names no database/m],
    [
      'with tokens that live too long',
      { ACCESS_TOKEN_TTL_SECONDS: '86401' },
      /expected an integer from 60 to 86400/,
    ],
  ] as const)
    it(`${name}: it says so, shows no secret, and exits with 78`, async t => {
      const auth = await startAuthProcess(t, { MYSQL_URL: nowhere, ...env })
      const { code, stderr } = await auth.ended
      assert.equal(code, 78)
      assert.match(stderr, fault)
      assert.doesNotMatch(stderr, /hunter22|\n {4}at /)
    })
})
