import { connect as connectTcp } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { Redis } from 'ioredis'
import { MongoClient } from 'mongodb'
import { createConnection } from 'mysql2/promise'
import { withAmqpConnection } from '../amqp-connection.ts'
import type { AddressName } from '../server-set.ts'
import { withTimeLimit } from '../time-limit.ts'

/** What a server says about itself. */
export interface ServerIdentity {
  /** `RabbitMQ`, `MariaDB`... */
  product: string
  /** `undefined` when the server does not say. */
  version?: string | undefined
}

/** Longest wait for a connection, or for one answer, in milliseconds. */
const withinMs = 4_000
/** Longest login with all its questions, in milliseconds. */
const limitMs = 10_000

/** Logs in to a server and asks for its product and version.
 *  @throws the client's error when the server is away or refuses the login; at the latest after 10 s */
export async function probeServer(name: AddressName, url: string): Promise<ServerIdentity> {
  return await withTimeLimit(`The login at ${name}`, limitMs, probes[name](url))
}

const probes: Record<AddressName, (url: string) => Promise<ServerIdentity>> = {
  async AMQP_URL(url) {
    return await withAmqpConnection(url, async ({ connection }) => {
      const { product, version } = connection.serverProperties
      return { product: String(product), version: String(version) }
    })
  },

  async REDIS_URL(url) {
    const client = new Redis(url, {
      lazyConnect: true,
      retryStrategy: () => null,
      connectTimeout: withinMs,
      commandTimeout: withinMs,
    })
    let refusal: Error | undefined
    // ioredis emits the reason; it rejects with "Connection is closed" only.
    client.on('error', error => {
      refusal = error
    })
    try {
      await client.connect()
      const info = await client.info('server')
      const field = (name: string) => new RegExp(`^${name}:(.*?)\r?$`, 'm').exec(info)?.[1]
      const valkey = field('valkey_version')
      return valkey
        ? { product: 'Valkey', version: valkey }
        : { product: 'Redis', version: field('redis_version') }
    } catch (error) {
      throw refusal ?? error
    } finally {
      client.disconnect()
    }
  },

  async MYSQL_URL(url) {
    const connection = await createConnection({ uri: url, connectTimeout: withinMs })
    try {
      const [rows] = await connection.query({ sql: 'SELECT VERSION() AS version', timeout: withinMs })
      const { version = '' } = (rows as { version: string }[])[0] ?? {}
      return { product: /mariadb/i.test(version) ? 'MariaDB' : 'MySQL', version }
    } finally {
      connection.destroy()
    }
  },

  async MONGODB_URL(url) {
    const client = new MongoClient(url, {
      serverSelectionTimeoutMS: withinMs,
      connectTimeoutMS: withinMs,
      socketTimeoutMS: withinMs,
    })
    try {
      // Without a login the server refuses this command.
      await client.db('admin').command({ listDatabases: 1, nameOnly: true })
      const { version } = await client.db('admin').command({ buildInfo: 1 })
      return { product: 'MongoDB', version }
    } finally {
      await client.close()
    }
  },

  async SMTP_URL(url) {
    const { hostname, port, protocol } = new URL(url)
    await readGreeting({ host: hostname, port: Number(port) || 25 }, protocol === 'smtps:')
    return { product: 'mail server' }
  },
}

// An SMTP server speaks first: `220 name ESMTP`.
function readGreeting(place: { host: string; port: number }, secure: boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = secure ? connectTls({ ...place, servername: place.host }) : connectTcp(place)
    const end = (error?: Error) => {
      socket.destroy()
      if (error) reject(error)
      else resolve()
    }
    socket.setTimeout(withinMs, () => end(new Error('no greeting')))
    socket.once('error', end)
    socket.once('data', data =>
      end(String(data).startsWith('220') ? undefined : new Error('it does not speak SMTP')),
    )
  })
}
