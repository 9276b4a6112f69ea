import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import type Koa from 'koa'
import { extendDeadline, liftDeadline } from '../../src/index.ts'
import { openRawClient, readAnswer } from './raw-client.ts'
import { setup } from './setup.ts'

const later = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

test('a request that is not answered in time is a 503 with the time to wait', async t => {
  const { get } = await setup(t, [() => new Promise<void>(() => {})], { deadlineMs: 50 })
  const response = await get('/')
  assert.equal(response.status, 503)
  assert.ok(Number(response.headers.get('retry-after')) > 0)
  assert.equal(((await response.json()) as { code: string }).code, 'deadline-exceeded')
})

test('a body that does not arrive is a 408', async t => {
  const { server } = await setup(t, [async ctx => void (await text(ctx.req))], { deadlineMs: 50 })
  const client = await openRawClient(t, server.port)
  client.socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf')
  assert.equal(readAnswer(await client.until('request-timeout')).status, 408)
})

test('handlers take more time where they need it', async t => {
  const routes: Record<string, Koa.Middleware> = {
    '/extended': ctx => extendDeadline(ctx, 10_000),
    '/lifted': ctx => liftDeadline(ctx),
  }
  const middleware: Koa.Middleware = async ctx => {
    routes[ctx.path]?.(ctx, async () => {})
    await later(100)
    ctx.body = 'hello'
  }
  const { get } = await setup(t, [middleware], { deadlineMs: 50 })
  const statuses = await Promise.all(
    ['/extended', '/lifted', '/plain'].map(async path => (await get(path)).status),
  )
  assert.deepEqual(statuses, [200, 200, 503])
})

test('a file that is opened too late is closed', async t => {
  const file = new Readable({ read() {} })
  const opened = Promise.withResolvers<void>()
  const { get } = await setup(
    t,
    [
      async ctx => {
        await opened.promise
        ctx.body = file
      },
    ],
    { deadlineMs: 50 },
  )
  assert.equal((await get('/')).status, 503)
  const closed = once(file, 'close')
  opened.resolve()
  await closed
})
