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
  /** By name, the definition that was asked for last, with its queue. */
  readonly #typed = new Map<string, { definition: unknown; queue: unknown }>()
  readonly #ofCheckedJobs = new Map<string, ProducerQueue<unknown>>()
  readonly #adders = new Map<string, UnrecordedAdder>()
  #closed: Promise<void> | undefined

  constructor(deps: ProducerDeps) {
    this.#deps = deps
    deps.broker.retain()
  }

  /** The queue of a job type: the same object at every call with the same definition.
   *  @throws {WorkerKitError} `ERR_INVALID_DEFINITION`, `ERR_CLOSED` */
  queue<Input, Output, Result>(definition: JobDefinition<Input, Output, Result>): ProducerQueue<Input> {
    this.#refuseIfClosed()
    refuseFaults('queue', definitionFaults(definition))
    const known = this.#typed.get(definition.name)
    if (known?.definition === definition) return known.queue as ProducerQueue<Input>
    const queue = this.#makeQueue(definition)
    this.#typed.set(definition.name, { definition, queue })
    return queue
  }

  /** The queue of that name for jobs that were checked before, by the definition that this process does not have.
   *  @internal */
  queueOfCheckedJobs(name: string): ProducerQueue<unknown> {
    this.#refuseIfClosed()
    const known = this.#ofCheckedJobs.get(name)
    if (known) return known
    const queue = this.#makeQueue({ name, input: anything, attempts: 1 })
    this.#ofCheckedJobs.set(name, queue)
    return queue
  }

  #makeQueue<Input, Output, Result>(definition: JobDefinition<Input, Output, Result>): ProducerQueue<Input> {
    return producerQueue(definition, {
      adder: this.#adder(definition.name),
      telemetry: this.#deps.telemetry,
      refuseIfClosed: () => this.#refuseIfClosed(),
    })
  }

  #adder(name: string): UnrecordedAdder {
    const known = this.#adders.get(name)
    if (known) return known
    const { broker, prefix, settings } = this.#deps
    const qualifiedName = `${prefix}:${name}`
    refuseLongName(qualifiedName)
    const adder = new UnrecordedAdder({ broker, topology: queueTopology(qualifiedName, settings) })
    this.#adders.set(name, adder)
    return adder
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
    await Promise.all([...this.#adders.values()].map(adder => adder.allAdded(CLOSE_TIMEOUT_MS)))
    await this.#deps.broker.release()
  }

  #refuseIfClosed(): void {
    if (this.#closed) throw new WorkerKitError('ERR_CLOSED', 'The producer was closed')
  }
}
