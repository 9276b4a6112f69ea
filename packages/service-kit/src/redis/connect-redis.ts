import { Redis } from 'ioredis'
import type { Logger } from 'pino'
import { unavailable } from '../http/http-problem.ts'
import type { Closable } from '../lifecycle/resources.ts'
import { withTimeLimit } from '../lifecycle/time-limit.ts'
import { isRedisAway, withoutArguments } from './redis-errors.ts'

export interface RedisOptions {
  logger: Logger
  /** Longest wait for an answer, in milliseconds. @default 2_000 */
  commandTimeoutMs?: number
  /** How long `run` waits for a connection, in milliseconds: Redis may just be starting anew. @default 1_000 */
  waitMs?: number
}

export interface RedisConnection extends Closable {
  /** For libraries that take a client. Its commands fail at once while there is no connection. */
  readonly client: Redis
  /** Runs commands, after a short wait if there is no connection: `redis.run('The store of sessions', client =>
   *  client.get(key))`. Other errors of `commands` are passed on.
   *  @param what - for the client: what does not answer
   *  @throws {HttpProblem} 503 when Redis does not serve at the moment. A command may have taken effect all the same. */
  run<T>(what: string, commands: (client: Redis) => Promise<T>): Promise<T>
  /** Resolves when Redis answers: for readiness.
   *  @throws {HttpProblem} 503 */
  check(): Promise<void>
}

/** Longest wait for running commands when the connection is closed, in milliseconds. */
const closeTimeoutMs = 1_000

/** Wait before the next attempt to connect, in milliseconds. Jitter: all services have lost Redis at the same moment. */
function retryDelayMs(attempt: number): number {
  return Math.min(20 * 2 ** Math.min(attempt - 1, 10), 2_000) * (0.5 + Math.random() / 2)
}

/** Connects to Redis, and again whenever the connection is lost. Returns at once. An outage and its end are logged once
 *  each. A command is never sent twice, and never after its caller was told that it failed.
 *  @param url - `redis://user:password@host:port/database`, or `rediss:` */
export function connectRedis(url: string, options: RedisOptions): RedisConnection {
  const { logger, commandTimeoutMs = 2_000, waitMs = 1_000 } = options
  const client = new Redis(url, {
    commandTimeout: commandTimeoutMs,
    connectTimeout: 5_000,
    // A frozen connection is replaced: a command had no answer for that long.
    socketTimeout: 2 * commandTimeoutMs,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: retryDelayMs,
  })
  let closing: Promise<void> | undefined
  logOutages(client, logger, () => closing !== undefined)
  const untilReady = watchReadiness(client, waitMs)

  async function run<T>(what: string, commands: (client: Redis) => Promise<T>): Promise<T> {
    try {
      await untilReady()
      return await commands(client)
    } catch (error) {
      withoutArguments(error)
      throw isRedisAway(error) ? unavailable(what, { cause: error }) : error
    }
  }
  return {
    client,
    run,
    check: async () => void (await run('Redis', redis => redis.ping())),
    close() {
      closing ??= closeClient(client)
      return closing
    },
  }
}

/** @returns a function that waits for a connection; all callers wait on one promise */
function watchReadiness(client: Redis, waitMs: number): () => Promise<void> {
  let reached = Promise.withResolvers<void>()
  client.on('ready', () => reached.resolve())
  client.on('close', () => {
    reached = Promise.withResolvers()
  })
  return async () => {
    if (client.status === 'ready') return
    if (client.status === 'end') throw new Error('Connection is closed.')
    await withTimeLimit(waitMs, 'Redis was not reached', () => reached.promise)
  }
}

function logOutages(client: Redis, logger: Logger, isClosing: () => boolean): void {
  let isAway = false
  const away = (error?: Error) => {
    if (isAway || isClosing()) return
    isAway = true
    logger.warn({ err: withoutArguments(error) }, 'Redis is away')
  }
  // A server that closes the connection causes no `error`.
  client.on('error', away).on('close', away)
  client.on('ready', () => {
    if (isAway) logger.info('Redis answers again')
    isAway = false
  })
}

async function closeClient(client: Redis): Promise<void> {
  if (client.status === 'ready')
    await withTimeLimit(closeTimeoutMs, 'Redis did not say goodbye', () => client.quit()).catch(() => {})
  client.disconnect()
}
