import type { Consumer } from '../amqp/consumer.ts'
import type { Delivery } from '../amqp/delivery.ts'
import { clearTimeout, setTimeout } from '../real-timers.ts'
import type { Deliveries } from './deliveries.ts'
import { longestWaitMs, SpareCount } from './spare-count.ts'

/** Longest time that deliveries within the concurrency may wait without one being asked for, in milliseconds. A worker that
 *  starts on a busy machine takes its first jobs one by one; a worker whose jobs are fetched by hand may take none. */
const LONGEST_UNASKED_MS = 500

/** The same for all deliveries while further messages wait at the broker, in milliseconds: no worker lacks jobs then. */
const LONGEST_WITH_BACKLOG_MS = 1_000

export interface PrefetchControllerOptions {
  consumer: Pick<Consumer, 'countReady' | 'setPrefetch' | 'setSparePrefetch' | 'cancelConsumers'>
  deliveries: Deliveries
  /** Jobs that the worker runs at once; may change. */
  concurrency: () => number
  /** Deliveries of jobs that are locked elsewhere, until it is decided about them. */
  takeover: { readonly size: number; interrupt(): Delivery[] }
  /** How long a call to Redis takes now, in milliseconds. */
  callMs: () => number
}

/** Sets a worker's prefetch. It is the concurrency, so that no delivery waits here while another worker idles; while jobs are
 *  short, spare deliveries are prefetched on top. Deliveries that wait too long are requeued. */
export class PrefetchController {
  readonly #options: PrefetchControllerOptions
  readonly #spareCount: SpareCount
  #prefetch: number
  #spares = 0
  #check: NodeJS.Timeout | undefined

  constructor(options: PrefetchControllerOptions) {
    this.#options = options
    this.#prefetch = options.concurrency()
    this.#spareCount = new SpareCount(this.#prefetch, () => this.#longestWaitMs)
  }

  /** How many more jobs could start here. */
  get free(): number {
    const { deliveries, takeover } = this.#options
    return Math.max(0, this.#prefetch - deliveries.size - takeover.size)
  }

  /** The worker asks for a job: it has room for one more than run. */
  async noteAsked(): Promise<void> {
    const { deliveries, concurrency } = this.#options
    const { deliveredRunCount } = deliveries
    if (deliveredRunCount >= this.#prefetch)
      await this.#setPrefetch(Math.max(deliveredRunCount + 1, concurrency()))
  }

  noteDelivery(): void {
    this.#checkLater(this.#longestWaitMs)
  }

  /** @param ms - from the start of a job to its recorded end */
  noteRun(ms: number): void {
    this.#spareCount.noteRun(ms)
    const { spares } = this.#spareCount
    // In few steps: each step is a consumer of its own.
    if (spares === 0 || spares < 2 * this.#spares) return
    this.#spares = spares
    void this.#options.consumer.setSparePrefetch(spares)
  }

  /** The consumers are canceled: nothing arrives that could wait too long. */
  stop(): void {
    clearTimeout(this.#check)
    this.#check = undefined
    this.#spares = 0
  }

  get #longestWaitMs(): number {
    return longestWaitMs(this.#options.callMs())
  }

  async #setPrefetch(count: number): Promise<void> {
    this.#prefetch = count
    await this.#options.consumer.setPrefetch(count)
  }

  #checkLater(afterMs: number): void {
    this.#check ??= setTimeout(() => {
      this.#check = undefined
      const { deliveries } = this.#options
      const [waitedMs, longestMs] = this.#exceedsConcurrency
        ? [deliveries.waitedMs, this.#longestWaitMs]
        : [deliveries.unaskedMs, LONGEST_UNASKED_MS]
      if (waitedMs >= longestMs) void this.#requeueUnlessBacklog(waitedMs)
      else if (waitedMs > 0) this.#checkLater(longestMs - waitedMs)
      else if (deliveries.hasPrefetched) this.#checkLater(this.#longestWaitMs)
    }, afterMs)
  }

  /** Workers that take from a backlog pass deliveries round and round when all of them are slow. */
  async #requeueUnlessBacklog(waitedMs: number): Promise<void> {
    const { consumer, deliveries } = this.#options
    const hasBacklog = waitedMs < LONGEST_WITH_BACKLOG_MS && (await consumer.countReady()) > 0
    if (deliveries.isInterrupted) return
    if (hasBacklog) this.#checkLater(this.#longestWaitMs)
    else await this.#requeueWaiting()
  }

  /** Whether more deliveries may wait here than jobs can start: jobs turned long, or the concurrency was lowered. */
  get #exceedsConcurrency(): boolean {
    const { deliveries, concurrency } = this.#options
    return this.#spares > 0 || deliveries.runningCount >= concurrency()
  }

  /** Requeues deliveries that wait here too long: another worker may start them at once. The prefetch becomes the number of
   *  running jobs plus that of callers who wait for one. */
  async #requeueWaiting(): Promise<void> {
    const { consumer, deliveries, takeover } = this.#options
    this.#spares = 0
    this.#spareCount.forget()
    await consumer.cancelConsumers()
    // After the cancel: a requeued message would come back to a consumer that has room.
    for (const delivery of [...deliveries.takePrefetched(), ...takeover.interrupt()]) delivery.requeue()
    await this.#setPrefetch(deliveries.deliveredRunCount + deliveries.askerCount)
  }
}
