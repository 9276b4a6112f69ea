import type { DeadLetterBound, QueueTopology, QueueType } from '../amqp/topology.ts'
import { checkedBound } from '../dead-letters/dead-letter-bound.ts'

export interface RabbitmqBackendOptions {
  /** `amqp://` or `amqps://`, with user, password and virtual host. Of a cluster the addresses of its nodes, which are
   *  tried in turn; when a connection is lost, the next. */
  url: string | readonly string[]
  /** Type of the broker's queues; a queue keeps the type that it was declared with. @default 'quorum' */
  queueType?: QueueType
  /** How long `add` waits for the broker's confirm, in milliseconds. Integer >= 1. @default 30_000 */
  confirmTimeoutMs?: number
  /** Largest job that is added, in bytes of its message; must not be above the broker's `max_message_size`.
   *  Integer >= 1. @default 16 MiB, which is that of RabbitMQ 4 */
  maxMessageBytes?: number
  /** Longest time that a job may run before the broker takes its message back, in milliseconds. Heeded by RabbitMQ
   *  3.12 and later; on older ones set `consumer_timeout` in the broker's configuration. Integer >= 60_000. @default 12 hours */
  consumerTimeoutMs?: number
  /** Whether jobs' messages are encoded by this package; with `false` amqplib does it, which costs a producer 20 to 30 %
   *  more processor time. Switch it off when a tool wraps amqplib's `publish`, or to rule it out as a cause. @default true */
  fastPublish?: boolean
  /** How many dead letters each queue keeps, and for how long; workers remove the oldest beyond it, and warn at 80 %.
   *  May be changed at any time. @default no limit */
  deadLetters?: DeadLetterBound
}

export type TopologySettings = Pick<QueueTopology, 'type' | 'consumerTimeoutMs' | 'deadLetterBound'>

/** @throws {WorkerKitError} `ERR_INVALID_DEFINITION` for an option that is out of range */
export function topologySettings(options: RabbitmqBackendOptions): TopologySettings {
  return {
    type: options.queueType ?? 'quorum',
    consumerTimeoutMs: options.consumerTimeoutMs ?? 12 * 3_600_000,
    deadLetterBound: checkedBound(options.deadLetters),
  }
}
