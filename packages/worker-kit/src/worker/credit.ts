import type { Consumer } from '../amqp/consumer.ts'
import { clearTimeout, setTimeout } from '../real-timers.ts'
import type { Intake } from './intake.ts'
import { LONGEST_WAIT_MS, RunLengths } from './run-lengths.ts'

/** How long deliveries for free slots may wait without one being taken, in milliseconds. A worker that starts on a busy
 *  machine takes its first jobs one after the other; one that is fed by hand may take none. */
const LONGEST_UNTAKEN_MS = 500

export interface CreditOptions {
  consumer: Pick<Consumer, 'setPrefetch' | 'setSparePrefetch' | 'cancelConsumers'>
  intake: Intake
  /** How many jobs the worker runs at once; may change. */
  concurrency: () => number
  /** Returns to the broker what has not started. */
  giveBackUnstarted: () => void
}

/** How many deliveries a worker holds: as many as jobs may run, so that none waits here while another worker idles, and
 *  some more while jobs are short enough for those to start in time. */
export class Credit {
  readonly #options: CreditOptions
  readonly #runLengths: RunLengths
  #slots: number
  #spares = 0
  #check: NodeJS.Timeout | undefined

  constructor(options: CreditOptions) {
    this.#options = options
    this.#slots = options.concurrency()
    this.#runLengths = new RunLengths(this.#slots)
  }

  /** How many jobs may run at once, as far as the worker has shown. */
  get slots(): number {
    return this.#slots
  }

  /** The worker asks for a job: only one with a free slot does. */
  async noteAsked(): Promise<void> {
    const { intake, concurrency } = this.#options
    if (intake.runningCount >= this.#slots)
      await this.#setSlots(Math.max(intake.runningCount + 1, concurrency()))
  }

  noteDelivery(): void {
    this.#checkLater(LONGEST_WAIT_MS)
  }

  noteRun(ms: number): void {
    this.#runLengths.note(ms)
    const { spares } = this.#runLengths
    // In few steps: each is a subscription.
    if (spares === 0 || spares < 2 * this.#spares) return
    this.#spares = spares
    void this.#options.consumer.setSparePrefetch(spares)
  }

  stop(): void {
    clearTimeout(this.#check)
    this.#check = undefined
    this.#spares = 0
  }

  async #setSlots(slots: number): Promise<void> {
    this.#slots = slots
    await this.#options.consumer.setPrefetch(slots)
  }

  #checkLater(afterMs: number): void {
    this.#check ??= setTimeout(() => {
      this.#check = undefined
      const { intake } = this.#options
      const [waitedMs, longestMs] = this.#isBeyondSlots
        ? [intake.waitedMs, LONGEST_WAIT_MS]
        : [intake.untakenMs, LONGEST_UNTAKEN_MS]
      // What waits here may have its turn elsewhere.
      if (waitedMs >= longestMs) void this.#giveBack()
      else if (waitedMs > 0) this.#checkLater(longestMs - waitedMs)
      else if (intake.size > intake.runningCount) this.#checkLater(LONGEST_WAIT_MS)
    }, afterMs)
  }

  /** Whether what waits may be more than there are free slots: jobs may have turned long, or fewer may run than before. */
  get #isBeyondSlots(): boolean {
    const { intake, concurrency } = this.#options
    return this.#spares > 0 || intake.runningCount >= concurrency()
  }

  /** Gives back what has not started, and holds as many as may start from then on, as far as can be told. */
  async #giveBack(): Promise<void> {
    const { consumer, intake, giveBackUnstarted } = this.#options
    this.#spares = 0
    this.#runLengths.forget()
    await consumer.cancelConsumers()
    // Nothing is subscribed now: what is given back does not come again at once.
    giveBackUnstarted()
    await this.#setSlots(intake.runningCount + intake.askerCount)
  }
}
