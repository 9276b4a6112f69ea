import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, it } from 'node:test'
import Koa from 'koa'
import { serve } from '../../src/index.ts'
import { captureLog } from '../captured-log.ts'
import { setup } from './setup.ts'

/** A route that tells when a request arrives, and answers it on demand. */
function heldRoute() {
  const arrived = Promise.withResolvers<void>()
  const answered = Promise.withResolvers<void>()
  const middleware: Koa.Middleware = async ctx => {
    arrived.resolve()
    await answered.promise
    ctx.body = 'finished'
  }
  return { middleware, arrived: arrived.promise, answer: answered.resolve }
}

describe('serve', () => {
  it('logs where it listens', async t => {
    const { server, log } = await setup(t, [])
    assert.equal((await log.line('listening')).port, server.port)
    assert.notEqual(server.port, 0)
  })

  it('says what to do when the port is taken', async t => {
    const { server } = await setup(t, [])
    const { logger } = captureLog()
    await assert.rejects(serve(new Koa(), { host: '127.0.0.1', port: server.port, logger }), {
      message: `Cannot listen on 127.0.0.1:${server.port}: another program listens there; stop it or set PORT to another number`,
    })
  })

  it('closes at once when only idle connections are left', async t => {
    const { server, get } = await setup(t, [
      ctx => {
        ctx.body = 'hello'
      },
    ])
    await (await get('/')).text()
    await server.close()
    await assert.rejects(get('/'))
  })

  it('lets a running request finish, takes no new one and may be closed twice', async t => {
    const held = heldRoute()
    const { server, get } = await setup(t, [held.middleware], { closeTimeoutMs: 30_000 })
    const running = get('/')
    await held.arrived
    const closed = Promise.all([server.close(), server.close()])
    await assert.rejects(get('/new'))
    held.answer()
    const response = await running
    assert.equal(await response.text(), 'finished')
    assert.equal(response.headers.get('connection'), 'close')
    await closed
  })

  it('does not wait for a client that keeps a connection alive after its streamed answer', async t => {
    const begun = Promise.withResolvers<void>()
    const end = Promise.withResolvers<void>()
    const { server } = await setup(
      t,
      [
        async ctx => {
          ctx.respond = false
          ctx.res.write('half')
          begun.resolve()
          await end.promise
          ctx.res.end()
        },
      ],
      { closeTimeoutMs: 30_000 },
    )
    const client = connect(server.port, '127.0.0.1').resume()
    client.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
    await begun.promise
    const startedAt = performance.now()
    const closed = server.close()
    end.resolve()
    await closed
    // Node would keep the idle connection open for its keep-alive time of 5 s.
    assert.ok(performance.now() - startedAt < 3_000)
  })

  it('cuts off requests that do not finish in time', async t => {
    const held = heldRoute()
    const { server, get, log } = await setup(t, [held.middleware], { closeTimeoutMs: 50 })
    const running = get('/')
    await held.arrived
    await Promise.all([assert.rejects(running), server.close()])
    await log.line('cutting off requests that did not finish in time')
  })

  it('answers 408 to a request whose body does not come in time', async t => {
    const { server } = await setup(t, [ctx => once(ctx.req.resume(), 'end')], { requestTimeoutMs: 100 })
    const client = connect(server.port, '127.0.0.1').setEncoding('utf8')
    client.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf')
    const [answer] = await once(client, 'data', { signal: AbortSignal.timeout(40_000) })
    assert.match(answer, /^HTTP\/1\.1 408/)
  })
})
