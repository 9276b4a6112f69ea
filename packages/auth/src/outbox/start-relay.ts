import type { Metrics, Resources } from '@jackalope/service-kit'
import { observeOutbox } from '@jackalope/worker-kit/metrics'
import type { OutboxRelay } from '@jackalope/worker-kit/outbox'
import type { Logger } from 'pino'
import type { AuthOutbox } from './auth-outbox.ts'

export interface StartRelayOptions {
  outbox: AuthOutbox
  amqpUrl: readonly string[]
  /** Prefix of queues, for tests. @default worker-kit's */
  prefix?: string
  logger: Logger
  metrics: Metrics
  resources: Resources
}

/** Relays the outbox until the service ends. Whoever starts it goes on without RabbitMQ: rows wait in the table. */
export function startRelay(options: StartRelayOptions): OutboxRelay {
  const { outbox, amqpUrl, prefix, logger, metrics, resources } = options
  observeOutbox(outbox, { register: metrics })
  return resources.use(outbox.relay({ amqpUrl, prefix, logger, pollIntervalMs }))
}

/** How long the rows of a process that has died wait for another one, in milliseconds. */
const pollIntervalMs = 5_000
