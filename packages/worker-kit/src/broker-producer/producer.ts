import type { Telemetry } from 'bullmq'
import type { Broker } from '../amqp/broker.ts'
import { CLOSE_TIMEOUT_MS } from '../amqp/close.ts'
import { queueTopology, refuseLongName } from '../amqp/topology.ts'
import type { TopologySettings } from '../backend/settings.ts'
import { refuseFaults } from '../check-options.ts'
import { WorkerKitError } from '../errors.ts'
import { definitionFaults, type JobDefinition } from '../job/define-job.ts'
import { UnrecordedAdder } from '../producer/unrecorded-adder.ts'
import { type ProducerQueue, producerQueue } from './producer-queue.ts'

/** A schema that everything fits. */
const anything: JobDefinition['input'] = {
  '~standard': { version: 1, vendor: 'worker-kit', validate: value => ({ value }) },
}

interface ProducerDeps {
  broker: Broker
  prefix: string
  telemetry: Telemetry | undefined
  settings: TopologySettings
}

/** A process's connection to RabbitMQ, with the queues that it adds jobs to. Made by `connectProducer`. */
export class Producer {
  readonly #deps: ProducerDeps
  readonly #queues = new Map<string, { queue: ProducerQueue<never>; adder: UnrecordedAdder }>()
  #closed: Promise<void> | undefined

  constructor(deps: ProducerDeps) {
    this.#deps = deps
    deps.broker.retain()
  }

  /** The queue of a job type: the same object at every call.
   *  @throws {WorkerKitError} `ERR_INVALID_DEFINITION`, `ERR_CLOSED` */
  queue<Input, Output, Result>(definition: JobDefinition<Input, Output, Result>): ProducerQueue<Input> {
    this.#refuseIfClosed()
    refuseFaults('queue', definitionFaults(definition))
    return this.#queue(definition, definition.name)
  }

  /** The queue of that name for jobs that were checked before, by the definition that this process does not have.
   *  @internal */
  queueOfCheckedJobs(name: string): ProducerQueue<unknown> {
    this.#refuseIfClosed()
    // No name has a colon: what `queue` gives stays apart.
    return this.#queue({ name, input: anything, attempts: 1 }, `:${name}`)
  }

  #queue<Input, Output, Result>(
    definition: JobDefinition<Input, Output, Result>,
    key: string,
  ): ProducerQueue<Input> {
    const known = this.#queues.get(key)
    if (known) return known.queue as ProducerQueue<Input>
    const { broker, prefix, telemetry, settings } = this.#deps
    const qualifiedName = `${prefix}:${definition.name}`
    refuseLongName(qualifiedName)
    const adder = new UnrecordedAdder({ broker, topology: queueTopology(qualifiedName, settings) })
    const queue = producerQueue(definition, {
      adder,
      telemetry,
      refuseIfClosed: () => this.#refuseIfClosed(),
    })
    this.#queues.set(key, { queue: queue as ProducerQueue<never>, adder })
    return queue
  }

  /** Jobs that the broker has confirmed since the producer was made, and jobs that it has not confirmed in time. */
  get traffic(): { readonly confirmed: number; readonly unconfirmed: number; readonly reconnects: number } {
    const { publisher, reconnects } = this.#deps.broker
    return { ...publisher.counts, reconnects: reconnects.publish }
  }

  /** Resolves when the broker answers.
   *  @throws {WorkerKitError} `ERR_CONNECT` when it does not within 10 seconds */
  check(): Promise<void> {
    this.#refuseIfClosed()
    return this.#deps.broker.check(['publish'])
  }

  /** Waits up to 2 seconds for jobs that are being added, and closes the connection. Safe to call twice. */
  close(): Promise<void> {
    this.#closed ??= this.#close()
    return this.#closed
  }

  async #close(): Promise<void> {
    await Promise.all([...this.#queues.values()].map(({ adder }) => adder.allAdded(CLOSE_TIMEOUT_MS)))
    await this.#deps.broker.release()
  }

  #refuseIfClosed(): void {
    if (this.#closed) throw new WorkerKitError('ERR_CLOSED', 'The producer was closed')
  }
}
