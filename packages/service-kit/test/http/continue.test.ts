import assert from 'node:assert/strict'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { HttpProblem } from '../../src/index.ts'
import { openRawClient, readAnswer } from './raw-client.ts'
import { setup } from './setup.ts'

const head = (path: string, length = 5, headers = 'Expect: 100-continue\r\n') =>
  `POST ${path} HTTP/1.1\r\nHost: a\r\n${headers}Content-Length: ${length}\r\n\r\n`

const routes = [
  async (ctx: import('koa').Context) => {
    if (ctx.path === '/refused') throw new HttpProblem(401, { code: 'token-missing' })
    ctx.body = `read ${await text(ctx.req)}`
  },
]

test('100 Continue comes when the body is read', async t => {
  const { server } = await setup(t, routes)
  const client = await openRawClient(t, server.port)
  client.socket.write(head('/taken'))
  assert.match(await client.until('\r\n\r\n'), /^HTTP\/1\.1 100 Continue\r\n\r\n$/)
  client.socket.write('hello')
  assert.match(await client.until('read hello'), /HTTP\/1\.1 200 OK/)
})

test('a refusal comes instead of 100 Continue, and the connection ends with it', async t => {
  const { server } = await setup(t, routes)
  const client = await openRawClient(t, server.port)
  client.socket.write(head('/refused'))
  const answer = readAnswer(await client.until('token-missing'))
  assert.equal(answer.status, 401)
  assert.match(answer.head, /^connection: close\r?$/im)
  client.socket.end()
  assert.doesNotMatch(await client.closed(), /100 Continue/)
})

test('a client that sends all the same is given the refusal', async t => {
  const { server } = await setup(t, routes)
  for (const expectation of ['', 'Expect: 100-continue\r\n']) {
    const client = await openRawClient(t, server.port)
    client.socket.write(head('/refused', 10_000_000, expectation))
    await client.until('token-missing')
    await new Promise<void>(resolve => client.socket.write(Buffer.alloc(8_000_000), () => resolve()))
    client.socket.end(Buffer.alloc(2_000_000))
    assert.equal(readAnswer(await client.closed()).status, 401)
  }
})

test('a refused body that never ends is cut', async t => {
  const { server } = await setup(t, routes)
  const client = await openRawClient(t, server.port)
  client.socket.write(head('/refused', 1_000_000_000, ''))
  const startedAt = performance.now()
  const send = () => {
    if (!client.socket.destroyed) client.socket.write(Buffer.alloc(10_000), () => setImmediate(send))
  }
  send()
  await client.closed()
  assert.ok(performance.now() - startedAt < 20_000)
})
