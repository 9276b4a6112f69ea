import assert from 'node:assert/strict'
import { request } from 'node:http'
import { describe, it } from 'node:test'
import { setup } from './setup.ts'

describe('requestLog', () => {
  it('writes one line per request, without the query', async t => {
    const { get, log } = await setup(t, [
      ctx => {
        ctx.body = 'hello'
      },
    ])
    const response = await get('/hello?token=hunter22')
    const line = await log.line('request')
    assert.equal(line.requestId, response.headers.get('x-request-id'))
    assert.deepEqual([line.level, line.method, line.path, line.status], ['info', 'GET', '/hello', 200])
    assert.equal(typeof line.durationMs, 'number')
    assert.doesNotMatch(JSON.stringify(log.lines), /hunter22/)
  })

  it('writes failures of ours as errors, those of clients not', async t => {
    const { get, log } = await setup(t, [
      ctx => {
        ctx.status = ctx.path === '/ours' ? 502 : 409
      },
    ])
    await get('/ours')
    await log.line('request')
    await get('/theirs')
    const levels = () => log.lines.filter(({ msg }) => msg === 'request').map(({ level }) => level)
    while (levels().length < 2) await new Promise(setImmediate)
    assert.deepEqual(levels(), ['error', 'info'])
  })

  it('tells when the client went away before the answer was out', async t => {
    const arrived = Promise.withResolvers<void>()
    const { server, log } = await setup(t, [
      ctx => {
        arrived.resolve()
        return new Promise(resolve => ctx.res.once('close', resolve))
      },
    ])
    const client = request(server.url).on('error', () => {})
    client.end()
    await arrived.promise
    client.destroy()
    const { aborted, status, level } = await log.line('request aborted')
    assert.deepEqual([aborted, status, level], [true, 499, 'info'])
  })

  it('writes no error of a request that fails for want of its client', async t => {
    const arrived = Promise.withResolvers<void>()
    const { server, log } = await setup(t, [
      async ctx => {
        arrived.resolve()
        await new Promise(resolve => ctx.res.once('close', resolve))
        throw new Error('Premature close')
      },
    ])
    const client = request(server.url).on('error', () => {})
    client.end()
    await arrived.promise
    client.destroy()
    await log.line('request failed after its client hung up')
    assert.deepEqual(
      log.lines.filter(({ level }) => level === 'error'),
      [],
    )
  })
})

describe('requestId', () => {
  it('keeps a harmless id of the client and replaces any other', async t => {
    const { get } = await setup(t, [])
    const idFor = async (id: string) =>
      (await get('/', { headers: { 'X-Request-Id': id } })).headers.get('x-request-id')
    assert.equal(await idFor('client-id.1234'), 'client-id.1234')
    for (const id of ['short', 'a'.repeat(200), '{"level":"fatal"}'])
      assert.match((await idFor(id)) ?? '', /^[\da-f-]{36}$/)
  })

  it('is on every line that is logged during the request', async t => {
    const { get, log } = await setup(t, [
      async ctx => {
        await new Promise(setImmediate)
        log.logger.info('deep inside')
        ctx.body = ''
      },
    ])
    const response = await get('/')
    assert.equal((await log.line('deep inside')).requestId, response.headers.get('x-request-id'))
  })
})

describe('createHttpApp', () => {
  const showAddress = (ctx: { body: unknown; ip: string }) => {
    ctx.body = ctx.ip
  }
  const forwarded = { headers: { 'X-Forwarded-For': '6.6.6.6, 10.0.0.1' } }

  it('believes no X-Forwarded-For by default', async t => {
    const { get } = await setup(t, [showAddress])
    assert.equal(await (await get('/', forwarded)).text(), '127.0.0.1')
  })
})
