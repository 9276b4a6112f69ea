import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { exchange, type RawAnswer } from './raw-client.ts'
import { setup } from './setup.ts'

async function refusal(t: TestContext, port: number, bytes: string) {
  const answer = await exchange(t, port, bytes)
  assert.match(answer.head, /^content-type: application\/problem\+json\r?$/im, answer.head)
  assert.match(answer.head, /^x-content-type-options: nosniff\r?$/im)
  const { code, detail, status, requestId } = JSON.parse(answer.body)
  assert.equal(status, answer.status)
  assert.ok(requestId)
  return { answer, status, code, detail }
}

const hello = (ctx: { body: unknown }) => {
  ctx.body = 'hello'
}

test('headers that are too large are a 431, also when the client is still sending them', async t => {
  const { server } = await setup(t, [hello])
  for (const size of [20_000, 1_000_000]) {
    const head = `GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer ${'x'.repeat(size)}\r\n\r\n`
    const { status, code, detail } = await refusal(t, server.port, head)
    assert.deepEqual([status, code], [431, 'headers-too-large'])
    assert.match(detail, /16384 bytes/)
  }
})

test('what is no HTTP is a 400 that says why', async t => {
  const { server, log } = await setup(t, [hello])
  const cases: [bytes: string, why: RegExp][] = [
    ['FETCH / HTTP/1.1\r\nHost: a\r\n\r\n', /method/],
    ['GET / HTTP/1.1\nHost: a\n\n', /CR|LF/],
    ['GET / HTTP/1.1\r\nHost: a\r\nBad Name: 1\r\n\r\n', /header/],
    ['GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n folded\r\n\r\n', /header|continu/i],
    ['POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', /Content-Length/i],
    [
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
      /Content-Length|Transfer-Encoding/i,
    ],
    ['POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n', /Transfer-Encoding|transfer-encoding/],
    ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', /./],
  ]
  for (const [bytes, why] of cases) {
    const { status, code, detail } = await refusal(t, server.port, bytes)
    assert.deepEqual([status, code], [400, 'request-malformed'], bytes)
    assert.match(detail, why, bytes)
  }
  assert.deepEqual(
    log.lines.filter(({ level }) => level === 'error' || level === 'warn'),
    [],
  )
  assert.equal(log.lines.filter(({ msg }) => msg === 'request refused').length, cases.length)
})

test('an ambiguous header is refused, and so is a request without Host', async t => {
  const { server } = await setup(t, [hello])
  const get = async (headers: string): Promise<[number, string]> => {
    const { status, detail } = await refusal(
      t,
      server.port,
      `GET / HTTP/1.1\r\n${headers}Connection: close\r\n\r\n`,
    )
    return [status, detail]
  }
  const host = 'Host: a\r\n'
  const [status, detail] = await get(`${host}Authorization: Bearer a\r\nauthorization: Bearer b\r\n`)
  assert.deepEqual(
    [status, detail],
    [400, 'The request has the header "authorization" more than once. Send it once.'],
  )
  assert.equal((await get(host + host))[0], 400)
  assert.deepEqual(await get(''), [400, 'The request has no header "Host".'])
  const { status: ok } = await exchange(
    t,
    server.port,
    `GET / HTTP/1.1\r\n${host}Accept: a\r\nAccept: b\r\nConnection: close\r\n\r\n`,
  )
  assert.equal(ok, 200)
})

test('an expectation that nobody knows is a 417', async t => {
  const { server } = await setup(t, [hello])
  const head = 'POST / HTTP/1.1\r\nHost: a\r\nExpect: 200-ok\r\nContent-Length: 5\r\n\r\n'
  const { status, code } = await refusal(t, server.port, head)
  assert.deepEqual([status, code], [417, 'expectation-failed'])
})

test('CONNECT is refused', async t => {
  const { server } = await setup(t, [hello])
  const { status } = await refusal(
    t,
    server.port,
    'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n',
  )
  assert.equal(status, 405)
})

test('a method that no router knows is no error of ours', async t => {
  const { get, log } = await setup(t, [
    ctx => {
      ctx.status = 501
    },
  ])
  await get('/', { method: 'PROPFIND' })
  assert.equal((await log.line('request')).level, 'info')
  assert.deepEqual(
    log.lines.filter(({ level }) => level === 'error'),
    [],
  )
})

test('a body that becomes malformed is a 400, and the request ends', async t => {
  const ended = Promise.withResolvers<unknown>()
  const { server } = await setup(t, [
    async ctx => {
      await new Promise((_, reject) => ctx.req.resume().once('error', reject)).catch(ended.resolve)
    },
  ])
  const head = 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n'
  const { status } = await refusal(t, server.port, `${head}5\r\nhello\r\nzz\r\n`)
  assert.equal(status, 400)
  assert.ok(await ended.promise)
})

test('HTTP/1.0 is served: no chunks, and the end of the connection ends the answer', async t => {
  const { server } = await setup(t, [
    async ctx => {
      if (ctx.path === '/length') {
        ctx.body = 'hello'
        return
      }
      ctx.respond = false
      ctx.res.statusCode = 200
      ctx.res.write('one ')
      await new Promise(setImmediate)
      ctx.res.end('two')
    },
  ])
  const get = (path: string, headers = ''): Promise<RawAnswer> =>
    exchange(t, server.port, `GET ${path} HTTP/1.0\r\n${headers}\r\n`)
  const streamed = await get('/streamed', 'Connection: keep-alive\r\n')
  assert.deepEqual([streamed.status, streamed.body], [200, 'one two'])
  assert.doesNotMatch(streamed.head, /transfer-encoding|keep-alive/i)
  const whole = await get('/length')
  assert.equal(whole.body, 'hello')
  assert.match(whole.head, /^content-length: 5\r?$/im)
  // RFC 9110, section 10.1.1: an HTTP/1.0 client's expectation is ignored.
  assert.equal((await get('/length', 'Expect: 100-continue\r\n')).status, 200)
})
