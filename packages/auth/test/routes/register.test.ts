import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ada, problemOf, startTestAuth } from '../support/test-auth.ts'

describe('POST /register', () => {
  it('creates a user and gives id and address, the address in lower case', async t => {
    const auth = await startTestAuth(t)
    const response = await auth.register({ email: 'Ada@Example.COM', password: 'Correct-horse-9' })
    assert.equal(response.status, 201)
    assert.equal(response.headers.get('cache-control'), 'no-store')
    const { id, ...rest } = (await response.json()) as { id: string }
    assert.match(id, /^[\da-f-]{36}$/)
    assert.deepEqual(rest, { email: ada.email })
  })

  it('keeps the password as argon2id with the parameters that OWASP asks for', async t => {
    const auth = await startTestAuth(t)
    await auth.register({ email: 'hash@example.com', password: 'Correct-horse-9' })
    const [rows] = await auth.connection.query('SELECT * FROM users WHERE email = ?', ['hash@example.com'])
    const [row] = rows as Array<{ password_hash: string }>
    assert.match(row?.password_hash ?? '', /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    assert.doesNotMatch(JSON.stringify(row), /Correct-horse/)
  })

  it('refuses an address that is taken, in whatever case', async t => {
    const auth = await startTestAuth(t)
    await auth.register({ email: 'taken@example.com', password: 'Correct-horse-9' })
    const response = await auth.register({ email: 'TAKEN@example.com', password: 'another-horse-9' })
    assert.equal(response.status, 409)
    assert.equal((await problemOf(response)).code, 'email-taken')
  })

  it('lets exactly one of many registrations of an address at once succeed', async t => {
    const auth = await startTestAuth(t)
    const emails = Array.from({ length: 12 }, (_, index) =>
      index % 2 ? 'race@example.com' : 'Race@Example.com',
    )
    const responses = await Promise.all(
      emails.map(email => auth.register({ email, password: 'Correct-horse-9' })),
    )
    const statuses = responses.map(({ status }) => status).sort()
    assert.deepEqual(statuses, [201, ...Array(11).fill(409)])
  })

  it('names every field that does not fit, and what to do about it', async t => {
    const auth = await startTestAuth(t)
    const response = await auth.register({ email: 'ada', password: 'short' })
    assert.equal(response.status, 422)
    const problem = await problemOf(response)
    assert.equal(problem.code, 'invalid-fields')
    assert.deepEqual(problem.errors, [
      { field: 'email', detail: 'must be an e-mail address, such as ada@example.com' },
      { field: 'password', detail: 'must have at least 10 characters' },
    ])
  })

  for (const [name, body] of Object.entries({
    'an empty object': {},
    'an array': [],
    'other types': { email: 1, password: {} },
  }))
    it(`refuses ${name} as 422`, async t => {
      const auth = await startTestAuth(t)
      const response = await auth.register(body)
      assert.equal(response.status, 422)
      assert.ok(((await problemOf(response)).errors as unknown[]).length > 0)
    })

  for (const body of [
    '{"email":',
    'null',
    '"text"',
    '{"__proto__":{"email":"a@example.com"}}',
    '{"email":"\u0000',
  ])
    it(`refuses ${JSON.stringify(body)} as malformed without repeating it`, async t => {
      const auth = await startTestAuth(t)
      const response = await auth.register(body)
      assert.equal(response.status, 400)
      assert.deepEqual(await problemOf(response), {
        type: '/docs/problems#malformed-json',
        title: 'Bad Request',
        status: 400,
        detail: 'The body is not well-formed JSON.',
        code: 'malformed-json',
      })
    })

  it('asks for JSON when something else comes', async t => {
    const auth = await startTestAuth(t)
    const form = await auth.register('email=a%40example.com', {
      'Content-Type': 'application/x-www-form-urlencoded',
    })
    assert.equal(form.status, 415)
    assert.match(String((await problemOf(form)).detail), /Content-Type: application\/json/)
  })

  it('refuses a compressed body that is none, and a large body', async t => {
    const auth = await startTestAuth(t)
    assert.equal((await auth.register('not gzip', { 'Content-Encoding': 'gzip' })).status, 400)
    const large = await auth.register({ email: ada.email, password: 'x'.repeat(100_000) })
    assert.equal(large.status, 413)
    assert.equal((await problemOf(large)).code, 'body-too-large')
  })
})
