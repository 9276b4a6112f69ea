import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { userUnknown } from '@jackalope/contracts'
import { findFreePort } from '@jackalope/local-servers'
import { authFailure } from '../../src/auth/ask-auth.ts'
import { createUserDirectory } from '../../src/auth/user-directory.ts'
import { NotifierError } from '../../src/notifier-error.ts'
import { problem, serviceToken, startAuthServer } from '../support/auth-server.ts'

const never = new AbortController().signal

describe('createUserDirectory', () => {
  it("gives the user's address", async t => {
    const auth = await startAuthServer(t, { users: { u1: 'ada@example.com' } })
    const users = createUserDirectory({ authUrl: auth.url, serviceToken })
    assert.deepEqual(await users.find('u1', never), {
      id: 'u1',
      email: 'ada@example.com',
      emailVerified: true,
      mayMail: true,
      notices: true,
      language: 'en',
    })
  })

  it('asks for nothing but a user, whatever the id looks like', async t => {
    const auth = await startAuthServer(t, {})
    const users = createUserDirectory({ authUrl: auth.url, serviceToken })
    for (const id of ['../../healthz', 'u1?admin=1', 'a/b', '%2e%2e'])
      await assert.rejects(users.find(id, never), { code: 'ERR_USER_GONE' })
    assert.deepEqual(auth.requests, [
      'GET /internal/users/..%2F..%2Fhealthz',
      'GET /internal/users/u1%3Fadmin%3D1',
      'GET /internal/users/a%2Fb',
      'GET /internal/users/%252e%252e',
    ])
  })

  it('tells a user who is gone from a token that is refused', async t => {
    const auth = await startAuthServer(t, { users: { u1: 'ada@example.com' } })
    const users = createUserDirectory({ authUrl: auth.url, serviceToken })
    await assert.rejects(users.find('u2', never), { code: 'ERR_USER_GONE', permanent: true })
    const stranger = createUserDirectory({ authUrl: auth.url, serviceToken: 'another' })
    await assert.rejects(stranger.find('u1', never), { code: 'ERR_AUTH_REFUSED', permanent: false })
  })

  it('fails for now when auth is down, overloaded, or answers nonsense', async t => {
    const nonsense = [
      await startAuthServer(t, {}, (_request, response) => problem(response, 503)),
      await startAuthServer(t, {}, (_request, response) => problem(response, 404)),
      await startAuthServer(t, {}, (_request, response) => response.end('<html>not json</html>')),
      await startAuthServer(t, {}, (_request, response) => response.end('{"id":"u1"}')),
      await startAuthServer(t, {}, (_request, response) =>
        response.end('{"id":"u2","email":"b@example.com","emailVerified":true,"mayMail":true}'),
      ),
      await startAuthServer(t, {}, request => request.socket.destroy()),
      { url: `http://127.0.0.1:${await findFreePort()}` },
    ]
    for (const { url } of nonsense)
      await assert.rejects(createUserDirectory({ authUrl: url, serviceToken }).find('u1', never), {
        code: 'ERR_AUTH_UNAVAILABLE',
        permanent: false,
      })
  })

  it('says why auth cannot be reached', async () => {
    const authUrl = `http://127.0.0.1:${await findFreePort()}`
    await assert.rejects(createUserDirectory({ authUrl, serviceToken }).find('u1', never), {
      message: /^auth cannot be asked: .*ECONNREFUSED/,
    })
  })

  it('gives up on an auth that hangs, before and after the headers', async t => {
    const hanging = [
      await startAuthServer(t, {}, () => {}),
      await startAuthServer(t, {}, (_request, response) => response.write('{"id":')),
    ]
    for (const { url } of hanging)
      await assert.rejects(
        createUserDirectory({ authUrl: url, serviceToken, timeoutMs: 100 }).find('u1', never),
        {
          code: 'ERR_AUTH_UNAVAILABLE',
        },
      )
  })

  it('stops when its signal is aborted', async t => {
    const abort = new AbortController()
    const { url } = await startAuthServer(t, {}, () => abort.abort(new Error('the job took too long')))
    await assert.rejects(createUserDirectory({ authUrl: url, serviceToken }).find('u1', abort.signal), {
      code: 'ERR_AUTH_UNAVAILABLE',
      message: /the job took too long/,
    })
  })

  it('takes its token nowhere else', async t => {
    const elsewhere = await startAuthServer(t, { users: { u1: 'ada@example.com' } })
    const { url } = await startAuthServer(t, {}, (_request, response) => {
      response.writeHead(302, { location: `${elsewhere.url}/internal/users/u1` })
      response.end()
    })
    await assert.rejects(createUserDirectory({ authUrl: url, serviceToken }).find('u1', never), {
      code: 'ERR_AUTH_UNAVAILABLE',
    })
    assert.deepEqual(elsewhere.requests, [])
  })
})

describe('authFailure', () => {
  const question = {
    what: 'user u1',
    verdicts: { [userUnknown]: () => new NotifierError('ERR_USER_GONE', 'gone') },
  }

  it('takes only what auth itself says for permanent', () => {
    assert.deepEqual(authFailure(404, userUnknown, question).code, 'ERR_USER_GONE')
    const codes = [undefined, 'not-found', 'constructor'].map(code => authFailure(404, code, question).code)
    assert.deepEqual(new Set(codes), new Set(['ERR_AUTH_UNAVAILABLE']))
    const verdicts = [404, 400, 401, 403, 410, 429, 500, 502, 503].map(status => {
      const { code, permanent } = authFailure(status, undefined, question)
      return [status, code, permanent]
    })
    assert.deepEqual(verdicts, [
      [404, 'ERR_AUTH_UNAVAILABLE', false],
      [400, 'ERR_AUTH_UNAVAILABLE', false],
      [401, 'ERR_AUTH_REFUSED', false],
      [403, 'ERR_AUTH_REFUSED', false],
      [410, 'ERR_AUTH_UNAVAILABLE', false],
      [429, 'ERR_AUTH_UNAVAILABLE', false],
      [500, 'ERR_AUTH_UNAVAILABLE', false],
      [502, 'ERR_AUTH_UNAVAILABLE', false],
      [503, 'ERR_AUTH_UNAVAILABLE', false],
    ])
  })

  it('says what to do about a wrong address', () => {
    assert.match(authFailure(404, undefined, question).message, /AUTH_URL/)
  })

  it('says what to do about a wrong token', () => {
    assert.match(authFailure(401, undefined, question).message, /same SERVICE_TOKEN/)
  })
})
