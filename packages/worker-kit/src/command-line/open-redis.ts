import { Cluster, Redis, type RedisOptions } from 'ioredis'
import { reachRedis } from '../kit/reach-redis.ts'
import type { RedisClient } from '../kit/redis-connections.ts'

/** How long Redis may take to answer, in milliseconds. */
const CONNECT_TIMEOUT_MS = 5_000

export interface RedisAddresses {
  /** Of one server, of nodes of a cluster, or of Sentinels. */
  urls: readonly [string, ...string[]]
  /** Name of the master that the Sentinels at these addresses know. */
  sentinelMaster: string | undefined
  /** Certificates of the authorities of `rediss://` addresses, as PEM. */
  ca: Buffer | undefined
}

/** Opens the server, the master that Sentinels know, or the cluster that these addresses lead to.
 *  @throws {WorkerKitError} `ERR_CONNECT` */
export async function openRedis({ urls, sentinelMaster, ca }: RedisAddresses): Promise<RedisClient> {
  const [first] = urls
  const options: RedisOptions = {
    tls: new URL(first).protocol === 'rediss:' ? { ca } : undefined,
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    maxRetriesPerRequest: 1,
    retryStrategy: null,
  }
  const { username, password, db } = partsOf(first)
  if (sentinelMaster !== undefined)
    return reached(
      new Redis({
        ...options,
        sentinels: urls.map(partsOf),
        name: sentinelMaster,
        ...{ username, password, db },
        ...{ sentinelUsername: username, sentinelPassword: password },
        sentinelTLS: options.tls,
        enableTLSForSentinelMode: options.tls !== undefined,
        sentinelRetryStrategy: () => null,
      }),
    )
  const redis = await firstReached(urls, options)
  if (!(await isOfCluster(redis))) return redis
  redis.disconnect()
  const nodes = urls.map(partsOf).map(({ host, port }) => ({ host, port }))
  return reached(
    new Cluster(nodes, {
      redisOptions: { ...options, username, password },
      lazyConnect: true,
      clusterRetryStrategy: () => null,
    }),
  )
}

async function firstReached([url, ...others]: RedisAddresses['urls'], options: RedisOptions): Promise<Redis> {
  try {
    return await reached(new Redis(url, options))
  } catch (error) {
    const [next, ...rest] = others
    if (next === undefined) throw error
    return firstReached([next, ...rest], options)
  }
}

async function reached<Client extends RedisClient>(client: Client): Promise<Client> {
  client.on('error', () => undefined)
  try {
    await reachRedis(client, CONNECT_TIMEOUT_MS)
    return client
  } catch (error) {
    client.disconnect()
    throw error
  }
}

/** Whether the server is a node of a cluster. If its user may not call `INFO`, it counts as a single server. */
async function isOfCluster(redis: Redis): Promise<boolean> {
  const info = await redis.info('cluster').catch(() => '')
  return /^cluster_enabled:1/m.test(info)
}

function partsOf(url: string) {
  const { hostname, port, username, password, pathname } = new URL(url)
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? 6379 : Number(port),
    username: decodeURIComponent(username) || undefined,
    password: decodeURIComponent(password) || undefined,
    db: Number(pathname.slice(1)) || undefined,
  }
}
