import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { z } from 'zod'
import { defineEndpoint } from '../../src/endpoint/index.ts'
import { createEndpointRouter, createHttpApp, createLogger, HttpProblem, serve } from '../../src/index.ts'

const rename = defineEndpoint({
  id: 'renameThing',
  method: 'POST',
  path: '/things/{id}',
  tag: 'Things',
  summary: 'Renames a thing',
  access: { scope: 'things:write' },
  params: z.object({ id: z.string().regex(/^\d+$/) }),
  query: z.object({ dry: z.enum(['yes', 'no'], 'expected yes or no').optional() }),
  body: z.object({ name: z.string('must be a text').min(1, 'must not be empty') }),
  answers: { 200: { description: 'The thing', body: z.object({}) } },
})

const list = defineEndpoint({
  id: 'listThings',
  method: 'GET',
  path: '/things',
  tag: 'Things',
  summary: 'All things',
  access: 'public',
  answers: { 200: { description: 'The things', body: z.object({}) } },
})

test('a handler receives the checked path, query and body', async t => {
  const { post } = await setup(t)
  const response = await post('/things/7?dry=yes', { name: 'Horn' })
  assert.deepEqual(await response.json(), {
    params: { id: '7' },
    query: { dry: 'yes' },
    body: { name: 'Horn' },
  })
})

test('an unknown parameter of the query is refused by its name', async t => {
  const { get } = await setup(t)
  assert.deepEqual(await problemOf(await get('/things?state=failed')), {
    status: 400,
    code: 'invalid-query',
    detail: 'Query "state": /things has no such parameter.',
  })
})

test('a wrong value of the query is refused with what was expected', async t => {
  const { post } = await setup(t)
  const { status, detail } = await problemOf(await post('/things/7?dry=perhaps', { name: 'Horn' }))
  assert.equal(status, 400)
  assert.equal(detail, 'Query "dry": expected yes or no.')
})

test('a parameter of the path that cannot be is answered like an unknown path', async t => {
  const { post } = await setup(t)
  const { status, code } = await problemOf(await post('/things/seven', { name: 'Horn' }))
  assert.deepEqual({ status, code }, { status: 404, code: 'not-found' })
})

test('missing and unknown members of the body are refused together', async t => {
  const { post } = await setup(t)
  const { status, detail } = await problemOf(await post('/things/7', { nome: 'Horn' }))
  assert.equal(status, 422)
  assert.equal(detail, 'name: must be a text; nome: there is no such member')
})

test('a body of another kind, a broken one and one that is too large are refused', async t => {
  const { url, headers } = await setup(t)
  const send = (body: string, type = 'application/json') =>
    fetch(`${url}/things/7`, { method: 'POST', headers: { ...headers, 'Content-Type': type }, body })
  const answers = [
    await send('name=Horn', 'text/plain'),
    await send('{"name":'),
    await send(`"${'x'.repeat(20_000)}"`),
  ]
  assert.deepEqual(await Promise.all(answers.map(async answer => (await problemOf(answer)).code)), [
    'json-expected',
    'malformed-json',
    'body-too-large',
  ])
})

test('a request without rights is refused before its body is looked at', async t => {
  const { url } = await setup(t)
  const response = await fetch(`${url}/things/7?no=1`, { method: 'POST', body: '{' })
  assert.equal(response.status, 401)
})

test('HEAD is served with GET, and other methods are answered 405', async t => {
  const { url } = await setup(t)
  assert.equal((await fetch(`${url}/things`, { method: 'HEAD' })).status, 200)
  for (const method of ['DELETE', 'PROPFIND']) {
    const response = await fetch(`${url}/things`, { method })
    assert.deepEqual([response.status, response.headers.get('allow')], [405, 'HEAD, GET'], method)
  }
})

async function setup(t: TestContext) {
  const logger = createLogger({ service: 'test', level: 'silent' })
  const app = createHttpApp({ logger })
  const router = createEndpointRouter({
    authorize: () => async (ctx, next) => {
      if (ctx.get('Authorization') === '') throw new HttpProblem(401, { code: 'token-missing' })
      await next()
    },
  })
    .serve(list, async ctx => {
      ctx.body = {}
    })
    .serve(rename, async (ctx, input) => {
      ctx.body = input
    })
  for (const middleware of router.routes()) app.use(middleware)
  const server = await serve(app, { host: '127.0.0.1', port: 0, logger })
  t.after(() => server.close())
  const headers = { Authorization: 'Bearer x' }
  return {
    url: server.url,
    headers,
    get: (path: string) => fetch(server.url + path, { headers }),
    post: (path: string, body: unknown) =>
      fetch(server.url + path, {
        method: 'POST',
        headers: { ...headers, 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
  }
}

async function problemOf(response: Response): Promise<{ status: number; code: string; detail: string }> {
  const { status, code, detail } = (await response.json()) as { status: number; code: string; detail: string }
  return { status, code, detail }
}
