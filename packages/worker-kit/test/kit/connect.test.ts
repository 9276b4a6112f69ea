import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { type TestContext, test } from 'node:test'
import { inspect } from 'node:util'
import { amqpUrl, redisUrl } from '@jackalope/local-servers/testing'
import { type ConnectOptions, connect } from '../../src/index.ts'

/** Longest timer: whoever waits for it, waits for ever. */
const connectTimeoutMs = 2_147_483_647

/** An address of a test's server with some part replaced. */
function changed(
  address: string,
  parts: Partial<Pick<URL, 'username' | 'password' | 'port' | 'pathname' | 'protocol'>>,
) {
  return Object.assign(new URL(address), parts).href
}

async function refusalOf(options: { amqpUrl?: string; redisUrl?: string; connectTimeoutMs?: number }) {
  const lines: unknown[] = []
  const log = (fields: object) => void lines.push(fields)
  const error: Error & { code?: string } = await connect({
    amqpUrl: amqpUrl(),
    redisUrl: redisUrl(),
    connectTimeoutMs,
    logger: { debug: log, info: log, warn: log, error: log },
    ...options,
  } as ConnectOptions).then(
    () => assert.fail('it connected'),
    error => error,
  )
  assert.equal(error.code, 'ERR_CONNECT')
  assert.doesNotMatch(inspect([error, lines], { depth: 20 }), /s3cret/)
  return error.message
}

/** Accepts connections, and says nothing. */
async function silentServer(t: TestContext): Promise<string> {
  const server = createServer(socket => t.after(() => socket.destroy())).listen(0, '127.0.0.1')
  t.after(() => server.close())
  await once(server, 'listening')
  return String((server.address() as AddressInfo).port)
}

test('what Redis refuses is told at once, with its address and what to do, without the password', async () => {
  const at = new URL(redisUrl()).host
  const wrong = await refusalOf({ redisUrl: changed(redisUrl(), { password: 's3cret' }) })
  assert.match(
    wrong,
    new RegExp(`^Redis at ${at} cannot be reached: WRONGPASS .*\\. Check user and password$`),
  )
  const none = await refusalOf({ redisUrl: changed(redisUrl(), { password: '' }) })
  assert.equal(
    none,
    `Redis at ${at} cannot be reached: NOAUTH it asks for a password. Give user and password`,
  )
  const stranger = await refusalOf({
    redisUrl: changed(redisUrl(), { username: 'nobody', password: 's3cret' }),
  })
  assert.match(stranger, /WRONGPASS/)
  const database = await refusalOf({ redisUrl: changed(redisUrl(), { pathname: '/99' }) })
  assert.match(database, /ERR DB index is out of range\. Check the number of the database$/)
})

test('what RabbitMQ refuses is told at once, with its address and what to do, without the password', async () => {
  const at = new URL(amqpUrl()).host
  const wrong = await refusalOf({ amqpUrl: changed(amqpUrl(), { password: 's3cret' }) })
  assert.equal(wrong, `RabbitMQ at ${at} cannot be reached: it refuses the user or the password. Check both`)
  const host = await refusalOf({ amqpUrl: changed(amqpUrl(), { pathname: '/no%2Fwhere' }) })
  assert.match(
    host,
    /virtual host "no\/where" does not exist, or user "jackalope" may not use it\. Check the virtual/,
  )
  const tls = await refusalOf({ amqpUrl: changed(amqpUrl(), { protocol: 'amqps:' }) })
  assert.match(tls, /the server speaks no TLS at this port\. Check the port$/)
})

test('what may pass is waited for, and then told', async t => {
  const soon = { connectTimeoutMs: 300 }
  const redis = await refusalOf({ redisUrl: 'redis://:s3cret@127.0.0.1:1', ...soon })
  assert.equal(
    redis,
    'Redis at 127.0.0.1:1 cannot be reached: connect ECONNREFUSED 127.0.0.1:1. Check its address, and that it runs',
  )
  const broker = await refusalOf({ amqpUrl: 'amqp://me:s3cret@127.0.0.1:1', ...soon })
  assert.match(broker, /^RabbitMQ at 127\.0\.0\.1:1 cannot be reached: connect ECONNREFUSED/)
  const port = await silentServer(t)
  const mute = await refusalOf({ redisUrl: `redis://:s3cret@127.0.0.1:${port}`, ...soon })
  assert.match(
    mute,
    new RegExp(`^Redis at 127\\.0\\.0\\.1:${port} cannot be reached: no connection within 300 ms`),
  )
  const muteBroker = await refusalOf({ amqpUrl: `amqp://me:s3cret@127.0.0.1:${port}`, ...soon })
  assert.match(
    muteBroker,
    new RegExp(`^RabbitMQ at 127\\.0\\.0\\.1:${port} cannot be reached: no connection`),
  )
})
