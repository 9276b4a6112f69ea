import { type Cluster, type ClusterOptions, Redis, type RedisOptions } from 'ioredis'
import { expectedGot, hasMethods, isObject, isText } from '../check-options.ts'
import { WorkerKitError } from '../errors.ts'
import { withoutSecrets } from '../redis-failure.ts'

/** A queue's command that Redis does not answer fails after this time, in milliseconds. */
const COMMAND_TIMEOUT_MS = 5_000

export type RedisClient = Redis | Cluster

/** Options of ioredis, with those of Sentinel and TLS, and `url` as BullMQ has it; or a client of ioredis that the caller
 *  shares: a `Redis` or a `Cluster`. The caller closes what it shares. */
export type RedisSource = (RedisOptions & { url?: string }) | RedisClient

/** Wait before the next attempt to reach Redis, in milliseconds. The first waits are short: a worker that lost both
 *  servers for a moment must be back before others take over its jobs (R8). */
export function redisRetryMs(attempt: number): number {
  return Math.min(10 * 2 ** (attempt - 1), 2_000)
}

/** Options for queues: a command that cannot be sent now fails now. It is not sent later, after its caller was told so. */
const failingSoon = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 1,
  commandTimeout: COMMAND_TIMEOUT_MS,
  retryStrategy: redisRetryMs,
} satisfies RedisOptions

/** Options for workers: commands may block, and wait for as long as Redis is away. */
const patient = {
  enableOfflineQueue: true,
  maxRetriesPerRequest: null,
  commandTimeout: undefined,
  lazyConnect: false,
} satisfies RedisOptions

/** Rule for an option that takes a `RedisSource`. */
export function redisSourceFault(value: unknown): string | undefined {
  const wanted = "ioredis's options, or a Redis or Cluster of ioredis"
  if (!isObject(value) || (!isClient(value) && hasMethods(value, 'connect')))
    return isText(value) ? `expected ${wanted}, got a text: redisUrl takes one` : expectedGot(wanted, value)
  const { options } = value as { options?: RedisOptions }
  const { keyPrefix } = isClient(value) ? (options as RedisOptions) : (value as RedisOptions)
  return keyPrefix ? 'expected no keyPrefix, which BullMQ cannot use: take the option prefix' : undefined
}

/** Rule for an option that takes the address of Redis; it may hold a password, and is not repeated. */
export function redisUrlFault(value: unknown): string | undefined {
  const wanted = 'redis://user:password@host:port/database or rediss://...'
  if (!isText(value)) return expectedGot(wanted, value)
  const url = URL.parse(value)
  if (!url) return `expected ${wanted}, got what is no address`
  return /^rediss?:$/.test(url.protocol) ? undefined : `expected redis:// or rediss://, got ${url.protocol}//`
}

/** A kit's connections to Redis: one for all queues, and others for each worker. */
export class RedisConnections {
  readonly #source: RedisSource
  readonly #isShared: boolean
  readonly #onError: (error: Error) => void
  /** For queues. Its commands fail soon, so that callers hear of an outage. A shared client keeps its owner's options. */
  readonly queues: RedisClient

  constructor(source: RedisSource, onError: (error: Error) => void) {
    this.#source = source
    this.#isShared = isClient(source)
    this.queues = isClient(source) ? source : createRedis({ ...failingSoon, ...source, lazyConnect: true })
    this.#onError = error => onError(withoutSecrets(error))
    this.queues.on('error', this.#onError)
  }

  /** A new connection that waits outages out. The caller closes it.
   *  @param retryMs - wait before the given attempt to reconnect, in milliseconds; `null` gives up */
  open(retryMs: (attempt: number) => number | null = redisRetryMs): RedisClient {
    const client = this.#duplicate(retryMs)
    // The first listener: what others log holds no password. Without any listener ioredis writes to the console.
    client.on('error', withoutSecrets)
    return client
  }

  /** A cluster keeps the keys of a queue together by their hash tag: the part in braces.
   *  @throws {WorkerKitError} `ERR_INVALID_DEFINITION` */
  refuseSpreadKeys(prefix: string, queueName: string): void {
    if (!this.queues.isCluster || /\{[^}]+\}/.test(`${prefix}:${queueName}`)) return
    throw new WorkerKitError(
      'ERR_INVALID_DEFINITION',
      `Queue "${queueName}": on a Redis Cluster, expected a prefix with a hash tag such as "{bull}", got "${prefix}"`,
    )
  }

  close(): void {
    if (this.#isShared) this.queues.off('error', this.#onError)
    else this.queues.disconnect()
  }

  #duplicate(retryStrategy: (attempt: number) => number | null): RedisClient {
    const source = this.#source
    if (!isClient(source)) return createRedis({ ...source, ...patient, retryStrategy })
    if (!isCluster(source)) return source.duplicate({ ...patient, retryStrategy })
    const { maxRetriesPerRequest, commandTimeout, ...ofCluster } = patient
    const options: ClusterOptions = {
      ...ofCluster,
      redisOptions: { maxRetriesPerRequest, commandTimeout },
      clusterRetryStrategy: retryStrategy,
    }
    return source.duplicate([], options)
  }
}

/** Recognizes a client by its methods: the caller may have another copy of ioredis. */
function isClient(value: unknown): value is RedisClient {
  return hasMethods(value, 'duplicate', 'defineCommand', 'disconnect')
}

function isCluster(client: RedisClient): client is Cluster {
  return client.isCluster
}

function createRedis({ url, ...options }: RedisOptions & { url?: string }): Redis {
  return url === undefined ? new Redis(options) : new Redis(url, options)
}

/** Hosts and ports of a client's servers, for people. */
export function describeRedis(client: RedisClient): string {
  if (isCluster(client)) {
    const nodes = (client as unknown as { startupNodes?: unknown[] }).startupNodes ?? []
    return nodes.map(node => (isObject(node) ? hostAndPort(node) : withoutUser(String(node)))).join(', ')
  }
  const { sentinels, name, path } = client.options
  if (sentinels) return `"${name}" of the Sentinels ${sentinels.map(hostAndPort).join(', ')}`
  return path ?? hostAndPort(client.options)
}

function hostAndPort({ host = '127.0.0.1', port = 6379 }: { host?: string; port?: number }): string {
  return `${host}:${port}`
}

function withoutUser(url: string): string {
  return URL.parse(url)?.host || url.replace(/^.*@/, '')
}
