import type { Telemetry } from 'bullmq'
import { Broker } from '../amqp/broker.ts'
import { type BrokerAddressSource, brokerAddressFault } from '../amqp/broker-addresses.ts'
import { createRabbitmqBackend } from '../backend/create-rabbitmq-backend.ts'
import { backendOptionRules, type RabbitmqBackendOptions } from '../backend/settings.ts'
import {
  findFaults,
  hasMethods,
  isObject,
  isText,
  milliseconds,
  type OptionRule,
  optional,
  refuseFaults,
} from '../check-options.ts'
import { type Logger, silentLogger } from '../logger.ts'
import { Kit } from './kit.ts'
import { reachBroker, reachRedis } from './reach-servers.ts'
import { RedisConnections, type RedisSource, redisSourceFault, redisUrlFault } from './redis-connections.ts'

interface SharedOptions extends Omit<RabbitmqBackendOptions, 'url'> {
  /** Prefix of all keys in Redis and all names in RabbitMQ. On a Redis Cluster with a hash tag: `{bull}`. @default 'bull' */
  prefix?: string
  /** How long to wait for each of the servers, in milliseconds. Integer from 1 to 2,147,483,647. @default 10_000 */
  connectTimeoutMs?: number
  /** @default silent */
  logger?: Logger
  /** BullMQ's interface to traces, such as `new BullMQOtel({ tracerName: 'my-service' })` of bullmq-otel. @default none */
  telemetry?: Telemetry
}

/** Where RabbitMQ is: one of the two. */
type BrokerOption =
  | {
      /** `amqp://` or `amqps://`, with user, password and virtual host. Of a cluster the addresses of its nodes, which are
       *  tried in turn; when a connection is lost, the next. */
      amqpUrl: string | readonly string[]
      amqp?: undefined
    }
  | {
      /** The same, or in parts, with TLS; or a function that gives it before each attempt to connect. */
      amqp: BrokerAddressSource
      amqpUrl?: undefined
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

/** Connects to RabbitMQ and Redis. Later outages are waited out.
 *  @throws {WorkerKitError} `ERR_CONNECT` naming the server that could not be reached in time, and the cause: at once when
 *    the server refuses user, password or virtual host; `ERR_INVALID_DEFINITION` naming every option that is out of range */
export async function connect(options: ConnectOptions): Promise<Kit> {
  refuseFaults('connect', faultsOf(options))
  const { amqpUrl, amqp, redisUrl, redis: redisSource, prefix, telemetry, ...rest } = options
  const { connectTimeoutMs = 10_000, logger = silentLogger, ...backend } = rest
  const url = (amqpUrl ?? amqp) as BrokerAddressSource
  const broker = new Broker({ ...backend, url, logger })
  const redis = new RedisConnections(redisSource ?? { url: redisUrl as string })
  redis.queues.on('error', err => logger.warn({ err }, 'redis error'))
  const factory = createRabbitmqBackend({ ...backend, url }, broker)
  const kit = new Kit({ broker, redis, prefix, factory, logger, telemetry })
  try {
    await reachRedis(redis.queues, connectTimeoutMs)
    await reachBroker(broker, url, connectTimeoutMs)
  } catch (error) {
    await kit.close()
    throw error
  }
  return kit
}

function faultsOf(options: ConnectOptions): string[] {
  const given: Partial<ConnectOptions> = isObject(options) ? options : {}
  return findFaults(options, {
    amqpUrl: oneOfTwo(given.amqp, 'amqp', value =>
      // Functions and objects are for `amqp`.
      [value].flat().every(each => typeof each === 'string' || !each)
        ? brokerAddressFault(value)
        : 'expected a text or several: amqp takes others',
    ),
    amqp: value => (value === undefined ? undefined : brokerAddressFault(value)),
    redisUrl: oneOfTwo(given.redis, 'redis', redisUrlFault),
    redis: value => (value === undefined ? undefined : redisSourceFault(value)),
    ...backendOptionRules,
    prefix: optional('a text', isText),
    connectTimeoutMs: milliseconds(1),
    logger: optional('an object with debug, info, warn and error', value =>
      hasMethods(value, 'debug', 'info', 'warn', 'error'),
    ),
    telemetry: optional("an implementation of BullMQ's Telemetry", isObject),
  })
}

/** A rule for the one of two options of which exactly one must be given. */
function oneOfTwo(other: unknown, otherName: string, rule: OptionRule): OptionRule {
  return value => {
    if (other === undefined) return rule(value)
    return value === undefined ? undefined : `expected to be missing, as ${otherName} is given`
  }
}
