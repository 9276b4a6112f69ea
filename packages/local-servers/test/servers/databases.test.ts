import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { connect } from 'amqplib'
import { Redis } from 'ioredis'
import { MongoClient } from 'mongodb'
import { createConnection } from 'mysql2/promise'
import pg from 'pg'
import {
  type LocalServer,
  type StartOptions,
  startMariadb,
  startMongodb,
  startPostgresql,
  startRabbitmq,
  startRedis,
} from '../../src/index.ts'
import { onEnd, temporaryFolder, until } from '../../src/testing/index.ts'
import { listeningAddresses, loopback } from '../listening-addresses.ts'

interface Kind {
  title: string
  start: (options: StartOptions) => Promise<LocalServer>
  /** Stores a value that must survive a crash of the server. */
  write: (url: string) => Promise<void>
  read: (url: string) => Promise<unknown>
  refusal: RegExp
}

const kinds: Kind[] = [
  {
    title: 'RabbitMQ',
    start: startRabbitmq,
    write: url =>
      withChannel(url, async channel => {
        await channel.assertQueue('kept', { durable: true, arguments: { 'x-queue-type': 'quorum' } })
        channel.sendToQueue('kept', Buffer.from('value'), { persistent: true })
        await channel.waitForConfirms()
      }),
    read: url =>
      withChannel(url, channel =>
        // A message that was read and not acknowledged comes back once the queue has noticed that its reader is gone.
        until(async () => {
          const message = await channel.get('kept')
          return message ? message.content.toString() : undefined
        }),
      ),
    refusal: /ACCESS.REFUSED/,
  },
  {
    title: 'Redis',
    start: startRedis,
    write: url => withRedis(url, client => client.set('kept', 'value')).then(() => {}),
    read: url => withRedis(url, client => client.get('kept')),
    // The message of ioredis after WRONGPASS.
    refusal: /Connection is closed/,
  },
  {
    title: 'MariaDB',
    start: startMariadb,
    write: url =>
      withMysql(url, async connection => {
        await connection.query('CREATE TABLE kept (value TEXT)')
        await connection.query("INSERT INTO kept VALUES ('value')")
      }),
    read: url =>
      withMysql(url, async connection => {
        const [rows] = await connection.query('SELECT value FROM kept')
        return (rows as { value: string }[])[0]?.value
      }),
    refusal: /Access denied/,
  },
  {
    title: 'PostgreSQL',
    start: startPostgresql,
    write: url =>
      withPostgresql(url, async client => {
        await client.query('CREATE TABLE kept (value text)')
        await client.query("INSERT INTO kept VALUES ('value')")
      }),
    read: url =>
      withPostgresql(url, async client => (await client.query('SELECT value FROM kept')).rows[0]?.value),
    refusal: /password authentication failed/,
  },
  {
    title: 'MongoDB or SecantusDB',
    start: startMongodb,
    write: url =>
      withMongodb(url, async client => {
        await client
          .db('test')
          .collection('kept')
          .insertOne({ value: 'value' }, { writeConcern: { j: true } })
      }),
    read: url =>
      withMongodb(url, async client => (await client.db('test').collection('kept').findOne())?.value),
    refusal: /[Aa]uthentication failed/,
  },
]

for (const { title, start, write, read, refusal } of kinds) {
  const skip =
    start === startMongodb && process.env.BLOB_STORE === 'disk' && 'BLOB_STORE=disk: there is no MongoDB'

  test(`${title}: keeps its data through a stop and through a kill -9, on the same port`, {
    skip,
  }, async t => {
    const server = await startIn(t, start)
    await write(server.url)
    await server.stop()
    await assert.rejects(read(server.url))
    await server.start()
    assert.equal(await read(server.url), 'value')
    await server.kill()
    await assert.rejects(read(server.url))
    await server.start()
    assert.equal(await read(server.url), 'value')
  })

  test(`${title}: lets nobody in without the password, and listens on loopback alone`, { skip }, async t => {
    const server = await startIn(t, start)
    const wrong = new URL(server.url)
    wrong.password = 'wrong'
    await assert.rejects(read(wrong.href), refusal)
    const { ports } = JSON.parse(await readFile(join(server.dir, 'server.json'), 'utf8'))
    for (const [role, port] of Object.entries<number>(ports)) {
      const addresses = await listeningAddresses(port)
      assert.ok(addresses.length > 0, `${role} listens`)
      assert.ok(
        addresses.every(address => loopback.has(address)),
        `${role} listens on ${addresses}`,
      )
    }
  })
}

for (const [persistence, expected] of [
  ['none', { appendonly: 'no', save: '' }],
  ['everysec', { appendonly: 'yes', appendfsync: 'everysec' }],
  ['always', { appendonly: 'yes', appendfsync: 'always' }],
] as const)
  test(`Redis: writes to the disk as asked: ${persistence}`, async t => {
    const server = await startIn(t, options => startRedis({ ...options, persistence }))
    const settings = await withRedis(server.url, client => client.config('GET', ...Object.keys(expected)))
    const pairs = settings as string[]
    for (const [name, value] of Object.entries(expected))
      assert.equal(pairs[pairs.indexOf(name) + 1], value, name)
  })

test('Redis: tells which process it is', async t => {
  const server = await startIn(t, startRedis)
  const info = await withRedis(server.url, client => client.info('server'))
  assert.equal(await server.processId(), Number(/^process_id:(\d+)/m.exec(info)?.[1]))
  await server.stop()
  assert.equal(await server.processId(), undefined)
})

async function startIn(t: TestContext, start: Kind['start']): Promise<LocalServer> {
  const server = await start({ dir: await temporaryFolder(t) })
  onEnd(t, () => server.stop())
  return server
}

type Channel = Awaited<ReturnType<Awaited<ReturnType<typeof connect>>['createConfirmChannel']>>

async function withChannel<T>(url: string, work: (channel: Channel) => Promise<T>): Promise<T> {
  const connection = await connect(url)
  try {
    return await work(await connection.createConfirmChannel())
  } finally {
    await connection.close()
  }
}

async function withRedis<T>(url: string, work: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null })
  client.on('error', () => {})
  try {
    await client.connect()
    return await work(client)
  } finally {
    client.disconnect()
  }
}

type MysqlConnection = Awaited<ReturnType<typeof createConnection>>

async function withMysql<T>(url: string, work: (connection: MysqlConnection) => Promise<T>): Promise<T> {
  const connection = await createConnection(url)
  return await work(connection).finally(() => connection.destroy())
}

async function withPostgresql<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url)
  client.on('error', () => undefined)
  await client.connect()
  return await work(client).finally(() => client.end())
}

async function withMongodb<T>(url: string, work: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 2_000 })
  return await work(client).finally(() => client.close())
}
