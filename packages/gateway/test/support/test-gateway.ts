import { randomUUID } from 'node:crypto'
import type { TestContext } from 'node:test'
import { type BlobStore, openBlobStore } from '@jackalope/blob-store'
import { createTestPlace } from '@jackalope/blob-store/testing'
import { convertVideo, tokenAudience, tokenIssuer } from '@jackalope/contracts'
import { onEnd } from '@jackalope/local-servers/testing'
import { createLogger, createMetrics, Resources } from '@jackalope/service-kit'
import { connect, type Kit } from '@jackalope/worker-kit'
import { connect as connectAmqp } from 'amqplib'
import { Redis } from 'ioredis'
import jwt from 'jsonwebtoken'
import type { GatewayConfig } from '../../src/gateway-config.ts'
import { startGateway } from '../../src/start-gateway.ts'
import { address } from './servers.ts'

export const jwtSecret = 'q3JpX0vXh7LrZk1mN8sT2wYb5cFd9gAe'

/** Nobody listens on the discard port. */
const nowhere = 'http://127.0.0.1:9'

export interface TestGateway {
  url: string
  videos: BlobStore
  audios: BlobStore
  /** The other side of the queues. */
  kit: Kit
  /** Lines logged, as objects. */
  logs: Array<Record<string, unknown>>
  /** Sends a request as that user; without one, as nobody. */
  request(path: string, init?: RequestInit & { user?: string }): Promise<Response>
  /** Everything that is stored of videos, finished or not: whole or unfinished. */
  countVideoPieces(): Promise<number>
  close(): Promise<void>
}

/** A gateway on real servers, with stores, queues and keys of its own that are removed after the test. */
export async function startTestGateway(
  t: TestContext,
  config: Partial<GatewayConfig> = {},
): Promise<TestGateway> {
  const prefix = `test-${randomUUID()}`
  const resources = new Resources()
  const stop = new AbortController()
  const logs: Array<Record<string, unknown>> = []
  const destination = { write: (line: string) => void logs.push(JSON.parse(line)) }

  const { place, variables, storePrefix, countPieces, remove } = createTestPlace()
  resources.defer(() => remove('videos', 'mp3s'))
  const openStore = (name: string) => resources.use(openBlobStore({ place, name: storePrefix + name }))
  const videos = openStore('videos')
  const audios = openStore('mp3s')
  const kit = await connect({ amqpUrl: address('AMQP_URL'), redisUrl: address('REDIS_URL'), prefix })
  resources.defer(async () => {
    await kit.close()
    await removeKeys(prefix)
    await removeBrokerQueue(`${prefix}:${convertVideo.name}`)
  })

  const gatewayResources = new Resources()
  const { url } = await startGateway(
    {
      config: {
        HOST: '127.0.0.1',
        PORT: 0,
        LOG_LEVEL: 'debug',
        AUTH_URL: nowhere,
        JWT_SECRET: jwtSecret,
        AMQP_URL: [address('AMQP_URL')],
        REDIS_URL: address('REDIS_URL'),
        ...variables,
        MAX_UPLOAD_BYTES: 2 * 1024 ** 3,
        ...config,
      },
      logger: createLogger({ service: 'gateway', level: 'debug', destination }),
      resources: gatewayResources,
      metrics: createMetrics('gateway'),
      shutdown: stop.signal,
    },
    { prefix, storePrefix },
  )
  const close = async () => {
    stop.abort()
    await gatewayResources.close()
  }
  onEnd(t, async () => {
    await close()
    await resources.close()
  })
  return {
    url,
    videos,
    audios,
    kit,
    logs,
    close,
    async request(path, { user, ...init } = {}) {
      const headers = new Headers(init.headers)
      if (user) headers.set('Authorization', `Bearer ${signToken(user)}`)
      return await fetch(url + path, { ...init, headers })
    },
    countVideoPieces: () => countPieces('videos'),
  }
}

/** A token as auth issues it.
 *  @param claims - override its own; one that is `undefined` is left out. */
export function signToken(
  userId: string,
  claims: object = {},
  { secret = jwtSecret, algorithm = 'HS256' as jwt.Algorithm } = {},
): string {
  const iat = Math.floor(Date.now() / 1_000)
  const token = { iss: tokenIssuer, aud: tokenAudience, sub: userId, jti: randomUUID(), roles: ['user'] }
  const all = Object.entries({ ...token, iat, exp: iat + 60, ...claims })
  const given = Object.fromEntries(all.filter(([, value]) => value !== undefined))
  return jwt.sign(given, secret, { algorithm })
}

/** Looks until there is something to see.
 *  @throws {Error} after 20 seconds. */
export async function until<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> {
  const deadline = performance.now() + 20_000
  for (;;) {
    const found = await look()
    if (found !== undefined && found !== false) return found as T
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`)
    await new Promise(resolve => setTimeout(resolve, 25))
  }
}

async function removeKeys(prefix: string): Promise<void> {
  const redis = new Redis(address('REDIS_URL'))
  const keys = await redis.keys(`${prefix}:*`)
  if (keys.length > 0) await redis.del(keys)
  redis.disconnect()
}

async function removeBrokerQueue(name: string): Promise<void> {
  const connection = await connectAmqp(address('AMQP_URL'))
  const channel = await connection.createChannel()
  for (const queue of [name, `${name}:dead`]) await channel.deleteQueue(queue)
  await channel.deleteExchange(`${name}:dead`)
  await connection.close()
}
