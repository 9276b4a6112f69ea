import { type BrokerAddressSource, brokerAddressFault } from '../amqp/broker-addresses.ts'
import type { DeadLetterBound, QueueTopology, QueueType } from '../amqp/topology.ts'
import {
  findFaults,
  hasMethods,
  integer,
  isObject,
  isText,
  milliseconds,
  type OptionRules,
  oneOf,
  optional,
  refuseFaults,
} from '../check-options.ts'
import { type RecordOn, recordOnValues } from '../producer/record-on.ts'

export interface RabbitmqBackendOptions {
  /** One address: `amqp://` or `amqps://` with user, password and virtual host, or the same in parts. Or a list: the nodes of a
   *  cluster, tried in turn. Or a function that returns either before each attempt to connect. */
  url: BrokerAddressSource
  /** Type of the broker's queues; a queue keeps the type that it was declared with. @default 'quorum' */
  queueType?: QueueType
  /** How long `add` waits for the broker's confirm, in milliseconds. Integer from 1 to 2,147,483,647. @default 30_000 */
  confirmTimeoutMs?: number
  /** Largest job that is added, in bytes of its message; must not be above the broker's `max_message_size`.
   *  Integer >= 1. @default 16 MiB, which is that of RabbitMQ 4 */
  maxMessageBytes?: number
  /** Longest time that a job may run before the broker takes its message back, in milliseconds. Heeded by RabbitMQ
   *  3.12 and later; on older ones set `consumer_timeout` in the broker's configuration. Integer >= 60_000. @default 12 hours */
  consumerTimeoutMs?: number
  /** When jobs are recorded in Redis: `add` waits for it; or their worker records them at their `start`, and `add` needs the broker
   *  alone; or `auto`, at their start unless their options need the record before. The option `recordOn` of a job overrides it.
   *  @default 'add' */
  recordOn?: RecordOn
  /** Whether jobs' messages are encoded by this package; with `false` amqplib does it, which costs a producer 20 to 30 %
   *  more processor time. Switch it off when a tool wraps amqplib's `publish`, or to rule it out as a cause. @default true */
  fastPublish?: boolean
  /** Whether missing exchanges and queues are declared. With `false` what is there is used as it is, and the user needs no right to
   *  configure it: for dashboards. What is published to a queue that is missing fails. @default true */
  declares?: boolean
  /** How many dead letters each queue keeps, and for how long; workers remove the oldest beyond it, and warn at 80 %.
   *  May be changed at any time. @default no limit */
  deadLetters?: DeadLetterBound
}

export type TopologySettings = Pick<QueueTopology, 'type' | 'consumerTimeoutMs' | 'deadLetterBound'>

const deadLetterRules: OptionRules<keyof DeadLetterBound> = {
  maxCount: integer(1),
  // The ages are looked at 20 times in this time, which reads the whole queue.
  maxAgeMs: integer(60_000),
}

/** Rules of all options but the address. */
export const backendOptionRules: OptionRules<Exclude<keyof RabbitmqBackendOptions, 'url'>> = {
  queueType: oneOf('quorum', 'classic'),
  confirmTimeoutMs: milliseconds(1),
  maxMessageBytes: integer(1),
  consumerTimeoutMs: integer(60_000),
  recordOn: oneOf(...recordOnValues),
  fastPublish: optional('true or false', value => typeof value === 'boolean'),
  declares: optional('true or false', value => typeof value === 'boolean'),
  deadLetters: value =>
    value === undefined ? undefined : findFaults(value, deadLetterRules).join('; ') || undefined,
}

/** Rules of the options that `connect` and `connectProducer` have besides. */
export const processOptionRules: OptionRules<'prefix' | 'connectTimeoutMs' | 'logger' | 'telemetry'> = {
  prefix: optional('a text', isText),
  connectTimeoutMs: milliseconds(1),
  logger: optional('an object with debug, info, warn and error', value =>
    hasMethods(value, 'debug', 'info', 'warn', 'error'),
  ),
  telemetry: optional("an implementation of BullMQ's Telemetry", isObject),
}

/** @throws {WorkerKitError} `ERR_INVALID_DEFINITION` that names every option that is out of range */
export function refuseInvalidOptions(options: RabbitmqBackendOptions): void {
  refuseFaults(
    'createRabbitmqBackend',
    findFaults(options, { url: brokerAddressFault, ...backendOptionRules }),
  )
}

export function topologySettings(options: RabbitmqBackendOptions): TopologySettings {
  return {
    type: options.queueType ?? 'quorum',
    consumerTimeoutMs: options.consumerTimeoutMs ?? 12 * 3_600_000,
    deadLetterBound: options.deadLetters,
  }
}
