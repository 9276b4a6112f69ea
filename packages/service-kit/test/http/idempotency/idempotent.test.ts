import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { onEnd, proxyTo, redisUrl, until } from '@jackalope/local-servers/testing'
import type { Context } from 'koa'
import {
  bodyHash,
  connectRedis,
  createIdempotencyStore,
  HttpProblem,
  type IdempotentOptions,
  idempotent,
} from '../../../src/index.ts'
import { captureLog } from '../../captured-log.ts'
import { setup } from '../setup.ts'

type Handler = (ctx: Context) => Promise<void> | void

/** A server that makes things: `POST /things`, as the user in `X-User`. */
async function start(
  t: TestContext,
  handler: Handler,
  { prefix = `test-${randomUUID()}`, url = redisUrl(), leaseMs = 30_000, streamed = false } = {},
) {
  const { logger } = captureLog()
  const redis = connectRedis(url, { logger, commandTimeoutMs: 500 })
  onEnd(t, () => redis.close())
  const store = createIdempotencyStore({ redis, logger, prefix, leaseMs })
  const bodies = new WeakMap<object, Promise<string>>()
  const readBody = (ctx: Context) => {
    const body = bodies.get(ctx.req) ?? text(ctx.req)
    bodies.set(ctx.req, body)
    return body
  }
  const read = async (ctx: Context) => {
    for await (const piece of ctx.req) bodyHash(ctx)?.update(piece)
  }
  const options: IdempotentOptions = streamed ? { store, rereadBody: read } : { store, readBody }
  const { get } = await setup(t, [
    (ctx, next) => {
      ctx.state.userId = ctx.get('X-User') || undefined
      return next()
    },
    idempotent(options),
    async ctx => {
      if (streamed) await read(ctx)
      await handler(ctx)
    },
  ])
  const post = (key: string | undefined, body = '{"name":"a"}', user = 'ada-lovelace', path = '/things') =>
    get(path, {
      method: 'POST',
      headers: { ...(key !== undefined && { 'Idempotency-Key': key }), 'X-User': user },
      body,
    })
  const keys = () => redis.run('Redis', client => client.keys(`${prefix}:*`))
  return { post, prefix, keys, redis }
}

/** Makes a thing with a new id each time. */
function maker() {
  const made: string[] = []
  const handler: Handler = ctx => {
    made.push(`secret-${made.length + 1}`)
    ctx.status = 201
    ctx.set('Location', `/things/${made.length}`)
    ctx.body = { secret: made.at(-1) }
  }
  return { made, handler }
}

const codeOf = async (response: Response) => [
  response.status,
  ((await response.json()) as { code: string }).code,
]

test('the same request again is given the first answer, at every replica', async t => {
  const { made, handler } = maker()
  const one = await start(t, handler)
  const other = await start(t, handler, { prefix: one.prefix })
  const key = `"${randomUUID()}"`
  const first = await one.post(key)
  assert.equal(first.headers.get('Idempotency-Replayed'), null)
  for (const { post } of [one, other]) {
    const again = await post(key)
    assert.deepEqual(
      [again.status, again.headers.get('Location'), again.headers.get('Idempotency-Replayed')],
      [201, '/things/1', 'true'],
    )
    assert.equal(again.headers.get('Content-Type'), first.headers.get('Content-Type'))
    assert.notEqual(again.headers.get('X-Request-Id'), first.headers.get('X-Request-Id'))
    assert.deepEqual(await again.json(), { secret: 'secret-1' })
  }
  assert.equal(made.length, 1)
  await one.post(undefined)
  await one.post(undefined)
  assert.equal(made.length, 3)
})

test('a key with another request is a 422, and other users have keys of their own', async t => {
  const { made, handler } = maker()
  const { post } = await start(t, handler)
  const key = randomUUID()
  assert.equal((await post(key)).status, 201)
  assert.deepEqual(await codeOf(await post(key, '{"name":"b"}')), [422, 'idempotency-key-reused'])
  assert.deepEqual(await codeOf(await post(key, undefined, 'ada-lovelace', '/others')), [
    422,
    'idempotency-key-reused',
  ])
  assert.equal((await post(key, '{"name":"b"}', 'bob')).status, 201)
  // Quotes are not part of the key.
  assert.equal((await post(`"${key}"`)).headers.get('Idempotency-Replayed'), 'true')
  assert.equal(made.length, 2)
})

test('a malformed key is a 400', async t => {
  const { made, handler } = maker()
  const { post } = await start(t, handler)
  for (const key of [
    'short',
    `"${'x'.repeat(256)}"`,
    '"open-quote',
    'two words here',
    'a,b,c,d,e,f',
    '"tab\\tescaped"',
  ])
    assert.deepEqual(await codeOf(await post(key)), [400, 'idempotency-key-invalid'], key)
  assert.equal(made.length, 0)
})

test('while the first runs others are a 409, and requests at once make one thing', async t => {
  const { made, handler } = maker()
  const end = Promise.withResolvers<void>()
  const { post } = await start(t, async ctx => {
    await end.promise
    await handler(ctx)
  })
  const key = randomUUID()
  const all = Array.from({ length: 10 }, () => post(key))
  let waiting = 0
  for (const request of all)
    void request.then(() => {
      waiting += 1
    })
  await until(async () => waiting === 9)
  assert.deepEqual(await codeOf(await post(key, '{"name":"b"}')), [422, 'idempotency-key-reused'])
  end.resolve()
  const statuses = (await Promise.all(all)).map(({ status }) => status).sort()
  assert.deepEqual(statuses, [201, ...Array<number>(9).fill(409)])
  assert.equal(made.length, 1)
})

test('what failed may be tried again', async t => {
  const { made, handler } = maker()
  const failures = [503, 500, 422]
  const { post, keys } = await start(t, async ctx => {
    const status = failures.shift()
    if (status === 422) ctx.status = 422
    else if (status) throw status === 500 ? new Error('broken') : new HttpProblem(status)
    else await handler(ctx)
  })
  const key = randomUUID()
  const statuses = []
  for (let count = 0; count < 5; count += 1) statuses.push((await post(key)).status)
  assert.deepEqual([statuses, made.length], [[503, 500, 422, 201, 201], 1])
  assert.equal((await keys()).length, 1)
})

test('the key of a process that died is free when its lease has ended', async t => {
  const { made, handler } = maker()
  const dying = await proxyTo(t, redisUrl())
  const first = await start(t, () => new Promise<void>(() => {}), { url: dying.url, leaseMs: 600 })
  const second = await start(t, handler, { prefix: first.prefix })
  const key = randomUUID()
  void first.post(key).catch(() => {})
  await until(async () => (await second.keys()).length === 1)
  // The lease is renewed while the process lives.
  let leftMs = Number.POSITIVE_INFINITY
  await until(async () => {
    const before = leftMs
    leftMs = await second.redis.client.pttl((await second.keys())[0] ?? '')
    return leftMs > before
  })
  assert.deepEqual(await codeOf(await second.post(key)), [409, 'idempotency-key-in-use'])
  await dying.cut()
  await until(async () => (await second.post(key)).status === 201)
  assert.equal(made.length, 1)
})

test('what is stored can be read with the key only', async t => {
  const { post, keys, redis } = await start(t, maker().handler)
  const key = randomUUID()
  await post(key, '{"password":"Correct-horse-9"}')
  const [name = ''] = await keys()
  const stored = `${name} ${await redis.client.get(name)}`
  assert.doesNotMatch(stored, new RegExp(`secret-1|ada-lovelace|Correct-horse|things|${key}`))
  assert.doesNotMatch(Buffer.from(stored, 'base64').toString('latin1'), /secret-1/)
})

test('the bytes of a streamed body are compared when it is sent again', async t => {
  const { made, handler } = maker()
  const { post } = await start(t, handler, { streamed: true })
  const key = randomUUID()
  const body = 'x'.repeat(1_000_000)
  assert.equal((await post(key, body)).status, 201)
  assert.equal((await post(key, body)).headers.get('Idempotency-Replayed'), 'true')
  assert.deepEqual(await codeOf(await post(key, `${body}y`)), [422, 'idempotency-key-reused'])
  assert.equal(made.length, 1)
})

test('while Redis is away a request with a key is refused, and one without is not', async t => {
  const proxy = await proxyTo(t, redisUrl())
  const { made, handler } = maker()
  const { post, redis } = await start(t, handler, { url: proxy.url })
  await redis.check()
  await proxy.cut()
  assert.deepEqual(await codeOf(await post(randomUUID())), [503, 'unavailable'])
  assert.equal((await post(undefined)).status, 201)
  assert.equal(made.length, 1)
})
