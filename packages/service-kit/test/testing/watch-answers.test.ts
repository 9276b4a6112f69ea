import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { type TestContext, test } from 'node:test'
import { listen } from '@jackalope/local-servers/testing'
import Koa, { type Context } from 'koa'
import { z } from 'zod'
import { defineEndpoint, defineProblem } from '../../src/endpoint/index.ts'
import { openapiDocument } from '../../src/openapi/index.ts'
import { watchAnswers } from '../../src/testing/index.ts'

const songUnknown = defineProblem({ code: 'song-unknown', status: 404, meaning: 'There is no such song.' })
const getSong = defineEndpoint({
  id: 'getSong',
  method: 'GET',
  path: '/songs/{id}',
  tag: 'Songs',
  summary: 'One song',
  access: 'public',
  params: z.object({ id: z.string() }),
  answers: {
    200: { description: 'The song', body: z.object({ title: z.string() }), headers: { ETag: 'Tag' } },
  },
  problems: [songUnknown],
})
const document = openapiDocument([getSong], { title: 'Songs', version: '1' })

/** Sends one request to a server that answers so; gives what deviates. */
async function faultsOf(
  t: TestContext,
  answer: (ctx: Context) => void,
  { path = '/songs/1', method = 'GET' } = {},
): Promise<readonly string[]> {
  const app = new Koa()
  app.use(ctx => {
    ctx.set('X-Request-Id', '1')
    answer(ctx)
  })
  const url = await listen(t, createServer(app.callback()))
  const watch = watchAnswers(url, document)
  await (await fetch(url + path, { method })).text()
  assert.equal(watch.checked, 1)
  if (watch.faults.length > 0) assert.throws(() => watch.stop(), /Answers deviate/)
  else watch.stop()
  return watch.faults
}

const good = (ctx: Context) => {
  ctx.set('ETag', '"1"')
  ctx.body = { title: 'Daisy Bell' }
}
const problem = (ctx: Context, status: number, code: string) => {
  ctx.status = status
  ctx.body = JSON.stringify({ type: 'about:blank', title: 'Oh', status, code, requestId: '1', songs: 3 })
  ctx.set('Content-Type', 'application/problem+json')
}

test('finds nothing wrong with a documented answer', async t => {
  assert.deepEqual(await faultsOf(t, good), [])
  assert.deepEqual(await faultsOf(t, good, { method: 'HEAD' }), [])
  assert.deepEqual(await faultsOf(t, ctx => problem(ctx, 404, 'song-unknown')), [])
  assert.deepEqual(await faultsOf(t, ctx => problem(ctx, 404, 'not-found'), { path: '/nowhere' }), [])
})

const deviations: Record<string, [(ctx: Context) => void, RegExp, object?]> = {
  'another status': [ctx => problem(ctx, 410, 'song-unknown'), /status 410 is not documented/],
  'another code': [
    ctx => problem(ctx, 404, 'song-lost'),
    /\/code must be equal to one of the allowed values/,
  ],
  'another member': [
    ctx => {
      good(ctx)
      ctx.body = { title: 'a', year: 1892 }
    },
    /must NOT have additional properties.*year/,
  ],
  'a missing member': [
    ctx => {
      good(ctx)
      ctx.body = {}
    },
    /must have required property 'title'/,
  ],
  'another media type': [
    ctx => {
      good(ctx)
      ctx.body = 'text'
      ctx.type = 'text'
    },
    /media type text\/plain is not documented/,
  ],
  'another header': [
    ctx => {
      good(ctx)
      ctx.set('X-Song', '1')
    },
    /header x-song is not documented/,
  ],
  'a missing header': [
    ctx => {
      good(ctx)
      ctx.remove('ETag')
    },
    /header etag is missing/,
  ],
  "a header's value": [
    ctx => {
      good(ctx)
      ctx.set('ETag', '1')
    },
    /header etag: the value must match pattern/,
  ],
  'another path': [good, /no such path/, { path: '/songs' }],
  'another method': [good, /has no DELETE there/, { method: 'DELETE' }],
}

for (const [what, [answer, fault, request]] of Object.entries(deviations))
  test(`finds: ${what}`, async t => {
    const faults = await faultsOf(t, answer, request)
    assert.match(faults.join('\n'), fault)
  })
