import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Channel, connect } from 'amqplib'
import { Redis } from 'ioredis'
import { type Db, MongoClient } from 'mongodb'
import {
  findProgram,
  startMongodb,
  startRabbitmq,
  startRedis,
} from '../../packages/local-servers/src/index.ts'
import { onEnd, temporaryFolder, wholeFile } from '../../packages/local-servers/src/testing/index.ts'
import {
  declareTopology,
  parkingTopology,
  queueTopology,
} from '../../packages/worker-kit/src/amqp/topology.ts'
import { topologySettings } from '../../packages/worker-kit/src/backend/settings.ts'
import { addressFor, grantRights, inventPasswords, redisUsers } from '../support/rights.ts'
import { testedStores } from '../support/system.ts'

type User = 'auth' | 'gateway' | 'converter' | 'notifier'
const users: readonly User[] = ['auth', 'gateway', 'converter', 'notifier']

/** Who adds jobs to a queue, or works on it; the worker is the last. */
const queues: Readonly<Record<string, readonly User[]>> = {
  'video.convert': ['gateway', 'converter'],
  'audio.ready': ['converter', 'notifier'],
  'conversion.failed': ['notifier'],
  'conversion.mail': ['notifier'],
  'account.mail': ['auth', 'notifier'],
  'account.erase': ['auth', 'gateway'],
  'storage.upkeep': ['gateway'],
  'webhook.deliver': ['auth', 'notifier'],
}

const withMongodb = testedStores.includes('gridfs')
const passwordOf = inventPasswords()
const dir = await temporaryFolder(wholeFile)
const kept = <S extends { stop(): Promise<void> }>(server: S): S => {
  onEnd(wholeFile, () => server.stop())
  return server
}
const [rabbitmq, redis, mongodb] = await Promise.all([
  startRabbitmq({ dir: join(dir, 'rabbitmq') }).then(kept),
  startRedis({ dir: join(dir, 'redis'), users: await redisUsers(passwordOf) }).then(kept),
  withMongodb ? startMongodb({ dir: join(dir, 'mongodb') }).then(kept) : undefined,
])
await grantRights({ rabbitmq, mongodb }, passwordOf)
// On an empty broker: each queue is declared by whoever comes first.
for (const [name, [first]] of Object.entries(queues))
  assert.equal(await asUser(first ?? '', channel => declareTopology(channel, topologyOf(name))), 'done', name)

for (const [name, allowed] of Object.entries(queues)) {
  const queue = `bull:${name}`
  test(`only ${allowed.join(' and ')} may read, empty, change or delete ${queue}`, async () => {
    for (const user of users) {
      const expected = allowed.includes(user) ? 'done' : 'refused'
      const tries: Record<string, (channel: Channel) => Promise<unknown>> = {
        get: channel => channel.get(queue),
        consume: channel => channel.consume(queue, () => undefined),
        purge: channel => channel.purgeQueue(queue),
        declare: channel => declareTopology(channel, topologyOf(name)),
      }
      for (const [what, attempt] of Object.entries(tries))
        assert.equal(await asUser(user, attempt), expected, `${user}: ${what}`)
      if (expected === 'refused')
        assert.equal(await asUser(user, channel => channel.deleteQueue(queue)), expected, `${user}: delete`)
    }
  })

  // auth's jobs are recorded by those who run them. Operators look at all of them by the gateway.
  const recorders = [...new Set([...allowed.filter(user => user !== 'auth'), 'gateway' as const])]
  test(`only ${recorders.join(' and ')} may read or write the keys of ${queue}`, async () => {
    // The notifier asks Redis what became of a failed conversion.
    const readers = name === 'video.convert' ? [...recorders, 'notifier'] : recorders
    for (const user of users) {
      const expected = readers.includes(user) ? 'done' : 'refused'
      for (const command of [
        ['HGETALL', `${queue}:1`],
        ['HSET', `${queue}:1`, 'data', '{}'],
        ['EVAL', "return redis.call('DEL', ARGV[1])", '0', `${queue}:1`],
      ])
        assert.equal(await redisAs(user, ...command), expected, `${user}: ${command[0]}`)
    }
  })
}

test('a worker may declare the queue where messages are parked, and read its dead letters alone', async () => {
  for (const [name, users] of Object.entries(queues)) {
    const worker = users.at(-1) ?? ''
    const parking = parkingTopology(topologyOf(name))
    assert.equal(await asUser(worker, channel => declareTopology(channel, parking)), 'done', name)
    const lock = { exclusive: true, durable: false }
    const locked = (channel: Channel) => channel.assertQueue(`bull:${name}:dead-reader`, lock)
    assert.equal(await asUser(worker, locked), 'done', name)
  }
})

test('the gateway may read and empty the dead letters of all queues for operators, and none of the others its jobs', async () => {
  for (const name of Object.keys(queues)) {
    const read = async (channel: Channel) => {
      await channel.assertQueue(`bull:${name}:dead-reader`, { exclusive: true, durable: false })
      await channel.checkQueue(`bull:${name}`)
      await channel.consume(`bull:${name}:dead`, () => undefined)
      await channel.purgeQueue(`bull:${name}:dead`)
    }
    assert.equal(await asUser('gateway', read), 'done', name)
    if (queues[name]?.includes('gateway')) continue
    for (const attempt of [
      (channel: Channel) => channel.deleteQueue(`bull:${name}:dead`),
      (channel: Channel) => channel.bindQueue(`bull:${name}:dead`, `bull:${name}:dead`, ''),
    ])
      assert.equal(await asUser('gateway', attempt), 'refused', name)
  }
})

test('the notifier gets failures from the exchange of dead letters, by a queue of its own', async () => {
  const queue = 'bull:video.convert:dead:notifier'
  const subscribe = async (channel: Channel) => {
    await channel.assertExchange('bull:video.convert:dead', 'fanout', { durable: true })
    await channel.assertQueue(queue, { durable: true })
    await channel.bindQueue(queue, 'bull:video.convert:dead', '')
    await channel.consume(queue, () => undefined)
  }
  assert.equal(await asUser('notifier', subscribe), 'done')
  assert.equal(await asUser('auth', subscribe), 'refused')
  assert.equal(
    await asUser('notifier', async channel => {
      channel.publish('bull:video.convert:dead', '', Buffer.from('forged'))
      await channel.checkExchange('amq.direct')
    }),
    'refused',
  )
})

test('nobody may declare anything else, and monitoring may declare nothing', async () => {
  for (const user of [...users, 'monitoring'])
    for (const name of ['mine', 'bull:other', 'bull:video.convert2', 'xbull:video.convert'])
      assert.equal(await asUser(user, channel => channel.assertQueue(name)), 'refused', `${user}: ${name}`)
})

test('monitoring may count the jobs that stand back in Redis, and do nothing else there', async () => {
  const key = 'bull:video.convert:prioritized'
  // As KEDA counts.
  const script = "return redis.call(redis.call('type', KEYS[1]).ok == 'zset' and 'zcard' or 'llen', KEYS[1])"
  assert.equal(await redisAs('monitoring', 'EVAL', script, '1', key), 'done')
  for (const command of [
    ['EVAL', script, '1', 'bull:video.convert:wait'],
    ['EVAL', "return redis.call('ZADD', KEYS[1], 1, 'x')", '1', key],
    ['DEL', key],
    ['KEYS', '*'],
    ['INFO'],
  ])
    assert.equal(await redisAs('monitoring', ...command), 'refused', command.join(' '))
})

test('no service may list keys, flush, configure, or look at other clients', async () => {
  for (const user of users) {
    for (const line of [
      ...['FLUSHALL', 'FLUSHDB', 'KEYS *', 'SCAN 0', 'RANDOMKEY', 'DBSIZE', 'CONFIG GET *', 'ACL LIST'],
      ...['MONITOR', 'CLIENT KILL ID 1', 'CLIENT PAUSE 1000', 'SHUTDOWN NOSAVE', 'SAVE'],
      ...['REPLICAOF NO ONE', 'SCRIPT FLUSH', 'SCRIPT KILL', 'FUNCTION LIST', 'SLOWLOG GET', 'SWAPDB 0 1'],
      ...['MODULE LIST', 'LATENCY RESET', 'PUBSUB CHANNELS', 'MIGRATE h 1 k 0 1', 'SORT bull:a'],
      ...['GET other', 'SET other 1', 'SUBSCRIBE other'],
    ])
      assert.equal(await redisAs(user, ...line.split(' ')), 'refused', `${user}: ${line}`)
    for (const line of ['PING', 'INFO server', 'TIME', 'CLIENT ID', 'CLIENT LIST ID 1'])
      assert.equal(await redisAs(user, ...line.split(' ')), 'done', `${user}: ${line}`)
  }
})

test("auth's throttles are out of the others' reach, and the gateway's keys out of the workers'", async () => {
  for (const user of ['converter', 'notifier'] as const)
    for (const key of ['jackalope:auth:login:1', 'jackalope:limit:1'])
      assert.equal(await redisAs(user, 'GET', key), 'refused', `${user}: ${key}`)
  assert.equal(await redisAs('auth', 'SET', 'jackalope:auth:login:1', '1'), 'done')
  assert.equal(await redisAs('auth', 'GET', 'jackalope:idempotency:1'), 'refused')
  assert.equal(await redisAs('gateway', 'DEL', 'jackalope:auth:login:1'), 'refused')
  assert.equal(await redisAs('gateway', 'DEL', 'jackalope:mails:1'), 'refused')
  assert.equal(await redisAs('notifier', 'SET', 'jackalope:mails:1', '1'), 'done')
  assert.equal(await redisAs('gateway', 'SET', 'jackalope:idempotency:1', '1'), 'done')
})

// SecantusDB takes roles, and lets every user who has logged in do everything.
const noRoles = !withMongodb || (!findProgram('mongod') && 'SecantusDB enforces no roles')

test('the gateway may not write audio, nor the converter delete videos', { skip: noRoles }, async () => {
  const document = { _id: 1 as never }
  const files = (db: Db) => db.collection('fs.files')
  assert.equal(await mongodbAs('gateway', 'mp3s', db => files(db).findOne(document)), 'done')
  // A copy of an audio is a document of its own, and has no chunks of its own.
  const chunks = (db: Db) => db.collection('fs.chunks')
  assert.equal(await mongodbAs('gateway', 'mp3s', db => chunks(db).insertOne(document)), 'refused')
  assert.equal(await mongodbAs('converter', 'videos', db => files(db).findOne(document)), 'done')
  assert.equal(await mongodbAs('converter', 'videos', db => files(db).deleteOne(document)), 'refused')
  assert.equal(await mongodbAs('converter', 'admin', db => db.command({ usersInfo: 1 })), 'refused')
})

function topologyOf(name: string) {
  return queueTopology(`bull:${name}`, topologySettings({ url: '' }))
}

/** What comes of an attempt at RabbitMQ. */
async function asUser(user: string, attempt: (channel: Channel) => Promise<unknown>): Promise<string> {
  const connection = await connect(addressFor(user, rabbitmq.url, passwordOf(user)))
  connection.on('error', () => undefined)
  try {
    const channel = await connection.createChannel()
    channel.on('error', () => undefined)
    await attempt(channel)
    return 'done'
  } catch (error) {
    if ([403, 'ERR_ACCESS_REFUSED'].includes((error as { code?: number | string }).code ?? ''))
      return 'refused'
    throw error
  } finally {
    await connection.close()
  }
}

/** What comes of a command at Redis. */
async function redisAs(user: User | 'monitoring', ...command: string[]): Promise<string> {
  const client = new Redis(addressFor(user, redis.url, passwordOf(user)), { commandTimeout: 10_000 })
  try {
    const [name = '', ...args] = command
    await client.call(name, ...args)
    return 'done'
  } catch (error) {
    if (/NOPERM|The user executing the script can't/.test((error as Error).message)) return 'refused'
    throw error
  } finally {
    client.disconnect()
  }
}

/** What comes of an attempt at MongoDB. */
async function mongodbAs(
  user: User,
  database: string,
  attempt: (db: Db) => Promise<unknown>,
): Promise<string> {
  const client = await MongoClient.connect(addressFor(user, mongodb?.url ?? '', passwordOf(user)))
  try {
    await attempt(client.db(database))
    return 'done'
  } catch (error) {
    if ((error as { code?: number }).code === 13) return 'refused'
    throw error
  } finally {
    await client.close()
  }
}
