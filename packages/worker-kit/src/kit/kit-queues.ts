import { type BackendFactory, type ConnectionOptions, Queue, type Telemetry } from 'bullmq'
import { isOutage } from '../amqp/outages.ts'
import type { RabbitmqQueueBackend } from '../backend/rabbitmq-queue-backend.ts'
import type { JobDefinition } from '../job/define-job.ts'
import { jobOptions } from '../job/job-options.ts'
import type { Logger } from '../logger.ts'
import type { JobEventListener } from './job-events.ts'
import { type BackedQueue, type TypedQueue, typedQueue } from './typed-queue.ts'

interface QueuesSetup {
  connection: ConnectionOptions
  prefix: string | undefined
  factory: BackendFactory<RabbitmqQueueBackend>
  logger: Logger
  telemetry: Telemetry | undefined
  tell: JobEventListener
}

/** The queues of a kit: one of BullMQ's for each name, however many definitions bear the name. */
export class KitQueues {
  readonly #setup: QueuesSetup
  readonly #bulls = new Map<string, BackedQueue>()
  /** By name, the definition that was asked for last, with its queue. */
  readonly #typed = new Map<string, { definition: unknown; queue: unknown }>()

  constructor(setup: QueuesSetup) {
    this.#setup = setup
  }

  /** The queue of a job type: the same object at every call with the same definition. Each definition checks and adds by itself; what is
   *  added by BullMQ's own queue gets the options of the definition that was asked for last. */
  of<Input, Output, Result>(definition: JobDefinition<Input, Output, Result>): TypedQueue<Input, Result> {
    const known = this.#typed.get(definition.name)
    if (known?.definition === definition) return known.queue as TypedQueue<Input, Result>
    const bull = this.named(definition.name)
    bull.jobsOpts = jobOptions(definition)
    const queue = typedQueue(definition, bull, this.#setup.tell)
    this.#typed.set(definition.name, { definition, queue })
    return queue
  }

  /** BullMQ's queue of a name, for what needs no definition. */
  named(name: string): BackedQueue {
    const known = this.#bulls.get(name)
    if (known) return known
    const { connection, prefix, factory, logger, telemetry } = this.#setup
    const bull: BackedQueue = new Queue(name, { connection, prefix, telemetry }, factory)
    // The broker logs its outages itself, once for all queues.
    bull.on('error', err => {
      if (!isOutage(err)) logger.warn({ queue: name, err }, 'queue error')
    })
    this.#bulls.set(name, bull)
    return bull
  }

  get names(): string[] {
    return [...this.#bulls.keys()]
  }

  async close(): Promise<void> {
    await Promise.all([...this.#bulls.values()].map(bull => bull.close()))
  }
}
