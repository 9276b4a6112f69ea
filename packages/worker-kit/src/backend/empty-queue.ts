import type { Broker } from '../amqp/broker.ts'
import type { QueueTopology } from '../amqp/topology.ts'
import { delay } from '../real-timers.ts'
import { noteDrained } from '../redis/commands/note-drained.ts'
import type { KnownClocks } from '../redis/known-clocks.ts'
import { keyOf } from '../redis/queue-keys.ts'
import type { RedisQueue } from '../redis/redis-queue.ts'

/** How long messages are on their way from the broker to a worker, in milliseconds; on a busy machine longer. */
const ON_THEIR_WAY_MS = 50

/** Our keys of a queue. */
const ownKeys = ['clock', 'recorded', 'owners', 'moved-on']

export interface QueueEmptierOptions {
  broker: Broker
  topology: QueueTopology
  queue: RedisQueue
  clocks: KnownClocks
}

/** Empties a queue on both servers. BullMQ's own steps, which empty it in Redis, are handed over. */
export class QueueEmptier {
  readonly #options: QueueEmptierOptions
  /** Whether the broker's queue has been drained by an `obliterate` that is not over. */
  #isDrained = false

  constructor(options: QueueEmptierOptions) {
    this.#options = options
  }

  /** @throws {WorkerKitError} `ERR_CONNECT` when the broker does not answer: the jobs in Redis are removed */
  async drain(inRedis: () => Promise<void>): Promise<void> {
    await inRedis()
    await this.#drainBroker()
  }

  /** One step of many: BullMQ removes a number of jobs in each.
   *  @param inRedis - BullMQ's step; gives 0 after the last
   *  @param isRefused - whether BullMQ will refuse it: then nothing is done here */
  async obliterate(inRedis: () => Promise<number>, isRefused: () => Promise<boolean>): Promise<number> {
    // First: BullMQ's last step ends the pause, and what waits at the broker would start.
    if (!this.#isDrained && !(await isRefused())) {
      await this.#drainBroker()
      this.#isDrained = true
    }
    try {
      const left = await inRedis()
      if (left > 0) return left
    } catch (error) {
      this.#isDrained = false
      throw error
    }
    this.#isDrained = false
    await this.#removeOwn()
    return 0
  }

  async #drainBroker(): Promise<void> {
    const { broker, topology, queue } = this.#options
    await broker.purge(topology.queue)
    // Workers hold messages that a purge does not reach, and some are on their way.
    await delay(ON_THEIR_WAY_MS)
    await noteDrained(queue)
  }

  async #removeOwn(): Promise<void> {
    const { broker, topology, queue, clocks } = this.#options
    await broker.remove(topology)
    // After the messages: to a worker that holds one, a queue without a clock is one that Redis has lost (R7).
    clocks.forget(keyOf(queue.keys, 'clock'))
    await (await queue.client()).del(...ownKeys.map(name => keyOf(queue.keys, name)))
  }
}
