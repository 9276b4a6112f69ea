import { type OpenProducer, openProducer, type ProducerOptions } from '../broker-producer/connect-producer.ts'
import type { Producer } from '../broker-producer/producer.ts'
import type { JobToProduce } from '../broker-producer/producer-queue.ts'
import { WorkerKitError } from '../errors.ts'
import type { OutboxRow } from './outbox-store.ts'
import { DamagedRowError, type PublishRows } from './publish-rows.ts'

/** Publishes rows by a producer that is given, or by one that it connects with the first rows. */
export class ProducerPublisher {
  readonly #given: Producer | undefined
  readonly #own: OpenProducer | undefined
  #isReached = false
  #reaching: Promise<void> | undefined

  constructor(source: { producer: Producer } | { connect: ProducerOptions }) {
    if ('producer' in source) this.#given = source.producer
    else this.#own = openProducer(source.connect)
    this.#reach().catch(() => undefined)
  }

  readonly publish: PublishRows = async (queue, rows) => {
    const producer = await this.#producer()
    await producer.queueOfCheckedJobs(queue).addBulk(rows.map(toJob))
  }

  /** Resolves when the broker answers. Before the first connection it rejects at once.
   *  @throws {WorkerKitError} `ERR_CONNECT` */
  async check(): Promise<void> {
    const reached = this.#reach()
    if (!this.isReached) {
      reached.catch(() => undefined)
      throw new WorkerKitError('ERR_CONNECT', 'RabbitMQ has not been reached yet')
    }
    await (this.#given ?? this.#own?.producer)?.check()
  }

  /** Whether a connection has been made, so that rows may be on their way. */
  get isReached(): boolean {
    return this.#given !== undefined || this.#isReached
  }

  /** Closes the connection, unless the producer was given. */
  async close(): Promise<void> {
    await this.#own?.producer.close()
  }

  async #producer(): Promise<Producer> {
    await this.#reach()
    return this.#given ?? (this.#own as OpenProducer).producer
  }

  /** Waits for the first connection: an attempt that fails says what is wrong. Later the connection restores itself. */
  #reach(): Promise<void> {
    if (!this.#own) return Promise.resolve()
    this.#reaching ??= this.#own.reach().then(
      () => {
        this.#isReached = true
      },
      (error: Error) => {
        this.#reaching = undefined
        throw error
      },
    )
    return this.#reaching
  }
}

function toJob({ jobId, payload, options }: OutboxRow): JobToProduce<unknown> {
  try {
    return { data: JSON.parse(payload), options: { ...JSON.parse(options), jobId } }
  } catch (cause) {
    throw new DamagedRowError(`The row of job "${jobId}" is damaged: ${(cause as Error).message}`, { cause })
  }
}
