import type { Telemetry } from 'bullmq'
import { Redis } from 'ioredis'
import { Broker } from '../amqp/broker.ts'
import { createRabbitmqBackend } from '../backend/create-rabbitmq-backend.ts'
import type { RabbitmqBackendOptions } from '../backend/settings.ts'
import { WorkerKitError } from '../errors.ts'
import { type Logger, silentLogger } from '../logger.ts'
import { withTimeLimit } from '../time-limit.ts'
import { Kit, redisRetryMs } from './kit.ts'

/** A queue's command that Redis does not answer fails after this time, in milliseconds. */
const REDIS_COMMAND_TIMEOUT_MS = 5_000

export interface ConnectOptions extends Omit<RabbitmqBackendOptions, 'url'> {
  /** `amqp://` or `amqps://`, with user, password and virtual host. Of a cluster the addresses of its nodes, which are
   *  tried in turn; when a connection is lost, the next. */
  amqpUrl: string | readonly string[]
  /** `redis://` or `rediss://`, with password and database. */
  redisUrl: string
  /** Prefix of all keys in Redis and all names in RabbitMQ. @default 'bull' */
  prefix?: string
  /** How long to wait for both servers, in milliseconds. Integer >= 1. @default 10_000 */
  connectTimeoutMs?: number
  /** @default silent */
  logger?: Logger
  /** BullMQ's interface to traces, such as `new BullMQOtel({ tracerName: 'my-service' })` of bullmq-otel. @default none */
  telemetry?: Telemetry
}

/** Connects to RabbitMQ and Redis. Later outages are waited out.
 *  @throws {WorkerKitError} `ERR_CONNECT` naming the server that could not be reached in time,
 *    `ERR_INVALID_DEFINITION` for an address that is none, or an empty list. */
export async function connect(options: ConnectOptions): Promise<Kit> {
  const { amqpUrl, redisUrl, prefix, telemetry, ...rest } = options
  const { connectTimeoutMs = 10_000, logger = silentLogger, ...backend } = rest
  const broker = new Broker({ ...backend, url: amqpUrl, logger })
  const redis = new Redis(redisUrl, {
    lazyConnect: true,
    // What cannot be sent now fails now: its caller is told, and it is not sent later behind the caller's back.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: REDIS_COMMAND_TIMEOUT_MS,
    retryStrategy: redisRetryMs,
  })
  redis.on('error', err => logger.warn({ err }, 'redis error'))
  const kit = new Kit({
    broker,
    redis,
    redisUrl,
    prefix,
    factory: createRabbitmqBackend({ ...backend, url: amqpUrl }, broker),
    logger,
    telemetry,
  })
  try {
    await within(connectTimeoutMs, 'Redis', redis.connect())
    await within(connectTimeoutMs, 'RabbitMQ', brokerConnected(broker))
  } catch (error) {
    await kit.close()
    throw error
  }
  return kit
}

async function brokerConnected(broker: Broker): Promise<void> {
  await (await broker.publishing()).waitForConnect()
  await (await broker.consuming()).waitForConnect()
}

async function within(timeoutMs: number, server: string, connected: Promise<void>): Promise<void> {
  try {
    await withTimeLimit(connected, timeoutMs, () => {
      throw new Error(`no connection within ${timeoutMs} ms`)
    })
  } catch (cause) {
    const reason = (cause as Error).message
    throw new WorkerKitError(
      'ERR_CONNECT',
      `${server} cannot be reached: ${reason}. Check its address, and that it runs.`,
      { cause },
    )
  }
}
