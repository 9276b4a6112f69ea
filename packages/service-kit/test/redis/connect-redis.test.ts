import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { type TestContext, test } from 'node:test'
import { listen, onEnd, proxyTo, redisUrl } from '@jackalope/local-servers/testing'
import { connectRedis, HttpProblem } from '../../src/index.ts'
import { captureLog } from '../captured-log.ts'

const what = 'The store of sessions'
const isUnavailable = (error: unknown) => error instanceof HttpProblem && error.status === 503

function setup(t: TestContext, url: string) {
  const log = captureLog()
  const redis = connectRedis(url, { logger: log.logger, commandTimeoutMs: 300, waitMs: 200 })
  onEnd(t, () => redis.close())
  return { redis, log, ping: () => redis.run(what, client => client.ping()) }
}

test('waits for its first connection', async t => {
  const { redis, ping } = setup(t, redisUrl())
  assert.notEqual(redis.client.status, 'ready')
  assert.equal(await ping(), 'PONG')
})

test('while Redis is down each call is a 503 soon; the outage and its end are logged once', async t => {
  const proxy = await proxyTo(t, redisUrl())
  const { redis, log, ping } = setup(t, proxy.url)
  await ping()
  await proxy.cut()
  await log.line('Redis is away')
  for (let call = 0; call < 3; call += 1) await assert.rejects(ping(), isUnavailable)
  await assert.rejects(redis.check(), isUnavailable)
  await proxy.restore()
  await log.line('Redis answers again')
  assert.equal(await ping(), 'PONG')
  assert.deepEqual(
    log.lines.map(({ msg }) => msg),
    ['Redis is away', 'Redis answers again'],
  )
})

test('a frozen connection is a 503, and is replaced', async t => {
  const proxy = await proxyTo(t, redisUrl())
  const { log, ping } = setup(t, proxy.url)
  await ping()
  proxy.forget()
  const startedAt = performance.now()
  await assert.rejects(ping(), isUnavailable)
  assert.ok(performance.now() - startedAt < 2_000)
  await log.line('Redis answers again')
  assert.equal(await ping(), 'PONG')
})

test('a server that is loading is a 503, and a wrong command is a fault of ours', async t => {
  let answer = '-LOADING Redis is loading the dataset in memory\r\n'
  const server = createServer(socket => {
    socket.on('error', () => {})
    socket.on('data', piece => {
      const isGet = String(piece).toLowerCase().includes('get')
      socket.write(isGet ? answer : '+OK\r\n'.repeat(String(piece).split('*').length - 1))
    })
  })
  const { port } = new URL(await listen(t, server))
  const { redis } = setup(t, `redis://127.0.0.1:${port}`)
  const get = () => redis.run(what, client => client.get('a'))
  await assert.rejects(get(), isUnavailable)
  answer = '-WRONGTYPE Operation against a key\r\n'
  await assert.rejects(get(), { name: 'ReplyError' })
})

test('no password reaches the log or an error', async t => {
  const url = new URL(redisUrl())
  url.password = 'wrong-password-4711'
  const { log, ping } = setup(t, url.href)
  await assert.rejects(ping(), (error: HttpProblem) => {
    assert.ok(isUnavailable(error))
    assert.doesNotMatch(JSON.stringify([error, error.cause, log.lines]), /wrong-password-4711/)
    return true
  })
  assert.doesNotMatch(JSON.stringify(await log.line('Redis is away')), /wrong-password-4711/)
})

test('closes at once while Redis is frozen or away, and refuses what comes later', async t => {
  const proxy = await proxyTo(t, redisUrl())
  const { redis, log, ping } = setup(t, proxy.url)
  await ping()
  proxy.freeze()
  const startedAt = performance.now()
  await Promise.all([redis.close(), redis.close()])
  assert.ok(performance.now() - startedAt < 2_000)
  await assert.rejects(ping(), isUnavailable)
  assert.deepEqual(log.lines, [])
})
