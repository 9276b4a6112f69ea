import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import Router from '@koa/router'
import type Koa from 'koa'
import { HttpProblem, unavailable } from '../../src/index.ts'
import { setup } from './setup.ts'

async function problemOf(response: Response): Promise<Record<string, unknown>> {
  assert.equal(response.headers.get('content-type'), 'application/problem+json')
  const problem = (await response.json()) as Record<string, unknown>
  assert.equal(problem.status, response.status)
  assert.equal(problem.requestId, response.headers.get('x-request-id'))
  return problem
}

describe('problemDetails', () => {
  it('renders a problem with all that it was given', async t => {
    const { get } = await setup(t, [
      () => {
        throw new HttpProblem(422, {
          code: 'invalid-body',
          detail: 'Mend the email.',
          headers: { 'X-Extra': '1' },
          extensions: { errors: [{ field: 'email' }] },
        })
      },
    ])
    const response = await get('/')
    const { requestId, ...problem } = await problemOf(response)
    assert.ok(requestId)
    assert.equal(response.headers.get('x-extra'), '1')
    assert.equal(response.headers.get('cache-control'), 'no-store')
    assert.deepEqual(problem, {
      type: '/docs/problems#invalid-body',
      title: 'Unprocessable Entity',
      status: 422,
      detail: 'Mend the email.',
      code: 'invalid-body',
      errors: [{ field: 'email' }],
    })
  })

  it('shows nothing of an unknown error, and logs it under the request id', async t => {
    const { get, log } = await setup(t, [
      () => {
        throw new Error('secret detail')
      },
    ])
    const response = await get('/')
    const problem = await problemOf(response)
    assert.equal(response.status, 500)
    assert.doesNotMatch(JSON.stringify(problem), /secret detail|stack/)
    const line = await log.line('request failed')
    assert.equal(line.requestId, problem.requestId)
    assert.match(JSON.stringify(line), /secret detail/)
  })

  it('survives a thrown value that is no error', async t => {
    const { get } = await setup(t, [
      () => {
        throw undefined
      },
    ])
    assert.equal((await problemOf(await get('/'))).status, 500)
  })

  it('honours status, expose and headers of errors in the style of http-errors', async t => {
    const { get } = await setup(t, [
      ctx => {
        if (ctx.path === '/exposed') ctx.throw(413, 'Too large: 1 MiB at most.')
        if (ctx.path === '/hidden') throw Object.assign(new Error('internal'), { status: 400, expose: false })
        throw Object.assign(new Error('busy'), { status: 503, headers: { 'Retry-After': '7' } })
      },
    ])
    assert.equal((await problemOf(await get('/exposed'))).detail, 'Too large: 1 MiB at most.')
    assert.equal((await problemOf(await get('/hidden'))).detail, undefined)
    const busy = await get('/busy')
    assert.equal(busy.headers.get('retry-after'), '7')
    assert.equal((await problemOf(busy)).detail, undefined)
  })

  it('makes an unknown route a 404 and a wrong method a 405 that names the right ones', async t => {
    const router = new Router().get('/jobs', ctx => {
      ctx.body = 'jobs'
    })
    const { get } = await setup(t, [router.routes(), router.allowedMethods()] as Koa.Middleware[])
    assert.equal((await problemOf(await get('/nothing'))).detail, 'There is nothing at /nothing.')
    const wrong = await get('/jobs', { method: 'DELETE' })
    assert.equal(wrong.headers.get('allow'), 'HEAD, GET')
    assert.equal((await problemOf(wrong)).detail, '/jobs takes HEAD, GET, not DELETE.')
  })

  it('drops the headers of the answer that failed', async t => {
    const { get } = await setup(t, [
      ctx => {
        ctx.set({ ETag: '"1"', 'Content-Encoding': 'gzip', 'Cache-Control': 'max-age=60' })
        ctx.body = 'half'
        throw new HttpProblem(409)
      },
    ])
    const response = await get('/')
    assert.equal(response.headers.get('etag'), null)
    assert.equal((await problemOf(response)).title, 'Conflict')
  })

  it('cuts off an answer that fails after it has begun', async t => {
    const { get } = await setup(t, [
      async ctx => {
        ctx.respond = false
        ctx.res.write('half of it')
        throw new Error('broken')
      },
    ])
    await assert.rejects(async () => (await get('/')).text())
  })
})

describe('unavailable', () => {
  it('is a 503 that says when to come back and hides the cause', async t => {
    const { get } = await setup(t, [
      () => {
        throw unavailable('The user database', { cause: new Error('ECONNREFUSED'), retryAfterSeconds: 3 })
      },
    ])
    const response = await get('/')
    assert.equal(response.headers.get('retry-after'), '3')
    const problem = await problemOf(response)
    assert.equal(problem.code, 'unavailable')
    assert.match(String(problem.detail), /^The user database does not answer at the moment/)
    assert.doesNotMatch(JSON.stringify(problem), /ECONNREFUSED/)
  })
})
