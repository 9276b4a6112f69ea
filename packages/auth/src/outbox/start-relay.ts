import { type Metrics, type Resources, waitFor } from '@jackalope/service-kit'
import { connect, type Kit } from '@jackalope/worker-kit'
import type { JobDefinition } from '@jackalope/worker-kit/job'
import { observeKit } from '@jackalope/worker-kit/metrics'
import type { Logger } from 'pino'
import { Gauge } from 'prom-client'
import type { Database } from '../database/database.ts'
import { createOutboxStore, type OutboxStore } from './outbox-store.ts'
import { publishJobs } from './publish-jobs.ts'
import { Relay } from './relay.ts'

export interface StartRelayOptions {
  database: Database
  /** Of all jobs that rows may hold. */
  definitions: readonly Pick<JobDefinition, 'name'>[]
  amqpUrl: readonly string[]
  redisUrl: string
  /** Prefix of queues and keys, for tests. @default worker-kit's */
  prefix?: string
  logger: Logger
  metrics: Metrics
  resources: Resources
  shutdown: AbortSignal
}

export interface RunningRelay {
  /** There is a new row. Before the servers are there it does nothing. */
  wake(): void
  /** Resolves when RabbitMQ and Redis answer. */
  check(): Promise<void>
}

/** Waits for RabbitMQ and Redis in the background, and then relays the outbox until `shutdown`. Whoever starts it goes on
 *  without them: rows wait in the table. */
export function startRelay(options: StartRelayOptions): RunningRelay {
  const { database, logger, metrics, resources, shutdown } = options
  const store = createOutboxStore(database)
  let kit: Kit | undefined
  let relay: Relay | undefined
  observeOutbox(store, metrics)
  const start = async () => {
    const { amqpUrl, redisUrl, prefix } = options
    const attempt = () => connect({ amqpUrl, redisUrl, prefix, logger })
    kit = resources.use(await waitFor('RabbitMQ and Redis', attempt, { logger, signal: shutdown }))
    observeKit(kit, { register: metrics })
    relay = resources.use(new Relay({ store, publish: publishJobs(kit, options.definitions), logger }))
  }
  start().catch(error => {
    if (!shutdown.aborted) logger.fatal({ err: error }, 'the outbox is not relayed')
  })
  return {
    wake: () => relay?.wake(),
    async check() {
      if (!kit) throw new Error('not connected yet')
      await kit.check()
    },
  }
}

function observeOutbox(store: OutboxStore, register: Metrics): void {
  const oldest = new Gauge({
    name: 'outbox_oldest_due_seconds',
    help: 'Age of the oldest job that waits in the outbox although it is due',
    registers: [register],
  })
  new Gauge({
    name: 'outbox_rows',
    help: 'Jobs in the outbox, those that are not due yet included',
    registers: [register],
    async collect() {
      try {
        const { rows, oldestDueSeconds } = await store.stats()
        this.set(rows)
        oldest.set(oldestDueSeconds)
      } catch {
        // The database is away: the values of before would be wrong.
        this.reset()
        oldest.reset()
      }
    },
  })
}
