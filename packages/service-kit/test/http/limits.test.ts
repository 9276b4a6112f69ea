import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { until } from '@jackalope/local-servers/testing'
import type Koa from 'koa'
import { openRawClient, readAnswer } from './raw-client.ts'
import { setup } from './setup.ts'

const get = (path = '/', headers = '') => `GET ${path} HTTP/1.1\r\nHost: a\r\n${headers}\r\n`

const hello: Koa.Middleware = ctx => {
  ctx.body = 'hello'
}

/** Answers when it is told to; `started` counts the requests that run or ran. */
function heldRoute() {
  const held = { started: 0, answer: () => {}, middleware: (_: Koa.Context) => Promise.resolve() }
  const { promise, resolve } = Promise.withResolvers<void>()
  held.answer = resolve
  held.middleware = async ctx => {
    held.started += 1
    await promise
    ctx.body = `hello ${ctx.path}`
  }
  return held
}

const isSoon = async (t: TestContext, what: () => Promise<unknown>) => {
  const startedAt = performance.now()
  await what()
  const tookMs = performance.now() - startedAt
  assert.ok(tookMs < 10_000, `${t.name}: ${tookMs} ms`)
}

test('a service without a limit for bodies has one for headers, and for silence', async t => {
  const { server } = await setup(t, [hello], { requestTimeoutMs: 0, headersTimeoutMs: 100, keepAliveMs: 100 })
  const [slow, silent, idle] = await Promise.all([1, 2, 3].map(() => openRawClient(t, server.port)))
  slow?.socket.write('GET / HTTP/1.1\r\nHost: a\r\nX: ')
  idle?.socket.write(get())
  await isSoon(t, async () => {
    const late = readAnswer((await slow?.closed()) ?? '')
    assert.deepEqual([late.status, JSON.parse(late.body).code], [408, 'request-timeout'])
    assert.equal(readAnswer((await silent?.closed()) ?? '').status, 408)
    assert.equal(readAnswer((await idle?.closed()) ?? '').status, 200)
  })
})

test('requests of one connection run one after the other, and thousands are not started', async t => {
  const held = heldRoute()
  const { server } = await setup(t, [held.middleware])
  const client = await openRawClient(t, server.port)
  client.socket.write(Array.from({ length: 2_000 }, (_, index) => get(`/${index}`)).join(''))
  // Another request is answered meanwhile, so all that could start have started.
  const other = await openRawClient(t, server.port)
  other.socket.write(get('/other'))
  await until(async () => held.started >= 2)
  assert.equal(held.started, 2)
  held.answer()
  const answers = (await client.closed()).match(/hello \/\d+/g) ?? []
  assert.deepEqual(
    answers,
    Array.from({ length: 17 }, (_, index) => `hello /${index}`),
  )
  assert.match(client.received(), /connection: close\r\n(?!.*HTTP\/1.1 200)/is)
  assert.match(await other.until('hello'), /hello \/other/)
})

test('a few requests in a row are answered in order', async t => {
  const { server } = await setup(t, [
    async ctx => {
      if (ctx.path === '/0') await new Promise(setImmediate)
      ctx.body = `hello ${ctx.path}`
    },
  ])
  const client = await openRawClient(t, server.port)
  client.socket.write(
    [0, 1, 2].map(index => get(`/${index}`, index === 2 ? 'Connection: close\r\n' : '')).join(''),
  )
  assert.deepEqual((await client.closed()).match(/hello \/\d/g), ['hello /0', 'hello /1', 'hello /2'])
})

test('too many connections are answered 503, and idle ones make room', async t => {
  const held = heldRoute()
  const {
    server,
    log,
    get: fetchIt,
  } = await setup(t, [held.middleware], { maxConnections: 10, keepAliveMs: 600_000 })
  const clients = await Promise.all(Array.from({ length: 10 }, () => openRawClient(t, server.port)))
  for (const { socket } of clients) socket.write(get())
  await until(async () => held.started >= 10)
  const surplus = await openRawClient(t, server.port)
  surplus.socket.write(get())
  const refused = readAnswer(await surplus.closed())
  assert.deepEqual([refused.status, JSON.parse(refused.body).code], [503, 'too-many-connections'])
  assert.match(refused.head, /^retry-after: \d+\r?$/im)
  await log.line('too many connections')
  held.answer()
  await Promise.all(clients.map(client => client.until('hello')))
  // All ten are idle now: who comes next makes the server close them.
  const [first] = await Promise.all([clients[0]?.closed(), fetchIt('/').catch(() => {})])
  assert.match(first ?? '', /hello/)
  assert.equal((await fetchIt('/')).status, 200)
})

test('one address cannot take all connections, a proxy of ours may', async t => {
  const open = async (isTrustedProxy: boolean) => {
    const held = heldRoute()
    const options = { maxConnectionsPerAddress: 2, isTrustedProxy: () => isTrustedProxy }
    const { server } = await setup(t, [held.middleware], options)
    const clients = await Promise.all([1, 2].map(() => openRawClient(t, server.port)))
    for (const { socket } of clients) socket.write(get())
    await until(async () => held.started >= 2)
    const third = await openRawClient(t, server.port)
    third.socket.write(get())
    await until(async () => held.started >= 3 || third.received() !== '')
    held.answer()
    const texts = await Promise.all([...clients, third].map(client => client.until('\r\n\r\n')))
    return texts.map(text => readAnswer(text).status)
  }
  assert.deepEqual(await open(false), [200, 200, 503])
  assert.deepEqual(await open(true), [200, 200, 200])
})

test('a client that does not take its answer is cut', async t => {
  const { server, log } = await setup(
    t,
    [
      ctx => {
        ctx.body = Buffer.alloc(50_000_000)
      },
    ],
    { idleTimeoutMs: 400 },
  )
  const client = await openRawClient(t, server.port)
  client.socket.pause()
  client.socket.write(get())
  await isSoon(t, async () => {
    const line = await log.line('request aborted')
    assert.equal(line.status, 200)
  })
})
