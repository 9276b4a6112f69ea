import type { QueueType } from '../amqp/topology.ts'

export interface RabbitmqBackendOptions {
  /** `amqp://` or `amqps://`, with user, password and virtual host. */
  url: string
  /** Type of the broker's queues; a queue keeps the type that it was declared with. @default 'quorum' */
  queueType?: QueueType
  /** How long `add` waits for the broker's confirm, in milliseconds. Integer >= 1. @default 30_000 */
  confirmTimeoutMs?: number
  /** Longest time that a job may run before the broker takes its message back, in milliseconds. Heeded by RabbitMQ
   *  3.12 and later; on older ones set `consumer_timeout` in the broker's configuration. Integer >= 60_000. @default 12 hours */
  consumerTimeoutMs?: number
}

export type TopologySettings = { type: QueueType; consumerTimeoutMs: number }

export function topologySettings(options: RabbitmqBackendOptions): TopologySettings {
  return {
    type: options.queueType ?? 'quorum',
    consumerTimeoutMs: options.consumerTimeoutMs ?? 12 * 3_600_000,
  }
}
