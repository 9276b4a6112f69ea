import type { Telemetry } from 'bullmq'
import { Broker } from '../amqp/broker.ts'
import { type BrokerOption, brokerOptionRules, brokerSource } from '../amqp/broker-option.ts'
import { reachBroker } from '../amqp/reach-broker.ts'
import { createRabbitmqBackend } from '../backend/create-rabbitmq-backend.ts'
import { backendOptionRules, processOptionRules, type RabbitmqBackendOptions } from '../backend/settings.ts'
import { findFaults, isObject, oneOfTwo, refuseFaults } from '../check-options.ts'
import { type Logger, silentLogger } from '../logger.ts'
import { Kit } from './kit.ts'
import { reachRedis } from './reach-redis.ts'
import { RedisConnections, type RedisSource, redisSourceFault, redisUrlFault } from './redis-connections.ts'

interface SharedOptions extends Omit<RabbitmqBackendOptions, 'url'> {
  /** Prefix of all keys in Redis and all names in RabbitMQ. On a Redis Cluster with a hash tag: `{bull}`. @default 'bull' */
  prefix?: string
  /** How long to wait for Redis, and then for RabbitMQ, in milliseconds. Integer from 1 to 2,147,483,647. @default 10_000 */
  connectTimeoutMs?: number
  /** @default silent */
  logger?: Logger
  /** BullMQ's interface to traces, such as `new BullMQOtel({ tracerName: 'my-service' })` of bullmq-otel. @default none */
  telemetry?: Telemetry
}

/** Where Redis is: one of the two. */
type RedisOption =
  | {
      /** `redis://` or `rediss://`, with password and database. */
      redisUrl: string
      redis?: undefined
    }
  | {
      /** ioredis's options, with those of TLS and Sentinel; or a `Redis` or `Cluster` of ioredis, which stays yours to
       *  close. Workers get connections of their own in any case. */
      redis: RedisSource
      redisUrl?: undefined
    }

export type ConnectOptions = SharedOptions & BrokerOption & RedisOption

/** Connects to RabbitMQ and Redis. When a connection is lost later, it is restored.
 *  @throws {WorkerKitError} `ERR_CONNECT` naming the server that could not be reached in time, and the cause: at once when
 *    the server refuses user, password or virtual host; `ERR_INVALID_DEFINITION` naming every option that is out of range */
export async function connect(options: ConnectOptions): Promise<Kit> {
  refuseFaults('connect', faultsOf(options))
  const { amqpUrl, amqp, redisUrl, redis: redisSource, prefix, telemetry, ...rest } = options
  const { connectTimeoutMs = 10_000, logger = silentLogger, ...backend } = rest
  const url = brokerSource({ amqpUrl, amqp } as BrokerOption)
  const broker = new Broker({ ...backend, url, logger })
  const redis = new RedisConnections(redisSource ?? { url: redisUrl as string }, err =>
    logger.warn({ err }, 'redis error'),
  )
  const factory = createRabbitmqBackend({ ...backend, url }, broker)
  const kit = new Kit({ broker, redis, prefix, factory, logger, telemetry })
  try {
    await reachRedis(redis.queues, connectTimeoutMs)
    await reachBroker(broker, url, { timeoutMs: connectTimeoutMs })
  } catch (error) {
    await kit.close()
    throw error
  }
  return kit
}

function faultsOf(options: ConnectOptions): string[] {
  const given: Partial<ConnectOptions> = isObject(options) ? options : {}
  return findFaults(options, {
    ...brokerOptionRules(given),
    redisUrl: oneOfTwo(given.redis, 'redis', redisUrlFault),
    redis: value => (value === undefined ? undefined : redisSourceFault(value)),
    ...backendOptionRules,
    ...processOptionRules,
  })
}
