import { connectProducer, type ProducerOptions } from '../broker-producer/connect-producer.ts'
import type { Producer } from '../broker-producer/producer.ts'
import type { JobToProduce } from '../broker-producer/producer-queue.ts'
import type { OutboxRow } from './outbox-store.ts'
import { DamagedRowError, type PublishRows } from './publish-rows.ts'

/** Publishes rows by a producer that is given, or by one that it connects with the first rows. */
export class ProducerPublisher {
  readonly #source: Producer | ProducerOptions
  readonly #isGiven: boolean
  #own: Promise<Producer> | undefined

  constructor(source: { producer: Producer } | { connect: ProducerOptions }) {
    this.#isGiven = 'producer' in source
    this.#source = 'producer' in source ? source.producer : source.connect
  }

  readonly publish: PublishRows = async (queue, rows) => {
    const producer = await this.#producer()
    await producer.queueOfCheckedJobs(queue).addBulk(rows.map(toJob))
  }

  /** Resolves when the broker answers.
   *  @throws {WorkerKitError} `ERR_CONNECT` */
  async check(): Promise<void> {
    await (await this.#producer()).check()
  }

  /** Closes the connection, unless the producer was given. */
  async close(): Promise<void> {
    const own = await this.#own?.catch(() => undefined)
    await own?.close()
  }

  #producer(): Promise<Producer> {
    if (this.#isGiven) return Promise.resolve(this.#source as Producer)
    this.#own ??= this.#connect()
    return this.#own
  }

  async #connect(): Promise<Producer> {
    try {
      return await connectProducer(this.#source as ProducerOptions)
    } catch (error) {
      // The next rows try again.
      this.#own = undefined
      throw error
    }
  }
}

function toJob({ jobId, payload, options }: OutboxRow): JobToProduce<unknown> {
  try {
    return { data: JSON.parse(payload), options: { ...JSON.parse(options), jobId } }
  } catch (cause) {
    throw new DamagedRowError(`The row of job "${jobId}" is damaged: ${(cause as Error).message}`, { cause })
  }
}
