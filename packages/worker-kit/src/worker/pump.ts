import { isNotConnectionError } from 'bullmq'
import { delay, monotonicMs, setImmediate } from '../real-timers.ts'

/** Longest time without a look at the queue, in milliseconds: BullMQ does not always set its marker. */
const TICK_MS = 1_000

export interface PumpWork {
  /** Resolves when BullMQ's marker is set, at the latest after that time. */
  waitForMarker: (timeoutMs: number) => Promise<void>
  /** Publishes eligible jobs that have no message. @returns when the next delayed job is due, in epoch milliseconds */
  publishEligible: () => Promise<number | undefined>
  /** Once a second. */
  tick: () => Promise<void>
  onError: (error: Error) => void
}

/** A worker's loop that publishes eligible jobs (R5): on every wake, on BullMQ's marker, and once a second. */
export class Pump {
  readonly #work: PumpWork
  readonly #stopping = new AbortController()
  #running = false
  #marker: Promise<void> | undefined
  #wake: (() => void) | undefined
  #wakeRequested = false
  #nextDelayedAt: number | undefined
  #nextTickAt = 0

  constructor(work: PumpWork) {
    this.#work = work
  }

  start(): void {
    if (this.#running) return
    this.#running = true
    void this.#loop()
  }

  /** Makes the pump look at the queue at once. */
  wake(): void {
    this.#wakeRequested = true
    this.#wake?.()
  }

  /** Ends the loop. A look that is under way is not waited for. */
  stop(): void {
    this.#stopping.abort()
    this.#wake?.()
  }

  async #loop(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      try {
        // Jobs that end in this turn of the event loop make room first.
        await new Promise(resolve => setImmediate(resolve))
        this.#wakeRequested = false
        this.#nextDelayedAt = await this.#work.publishEligible()
        await this.#tickIfDue()
        await this.#rest()
      } catch (error) {
        if (this.#stopping.signal.aborted) return
        // The connection itself reports that Redis is gone.
        if (isNotConnectionError(error as Error)) this.#work.onError(error as Error)
        await delay(TICK_MS, undefined, { signal: this.#stopping.signal }).catch(() => undefined)
      }
    }
  }

  async #tickIfDue(): Promise<void> {
    if (monotonicMs() < this.#nextTickAt) return
    this.#nextTickAt = monotonicMs() + TICK_MS
    await this.#work.tick()
  }

  /** Rests until it is woken, the marker is set, a delayed job is due, or a tick is over. */
  async #rest(): Promise<void> {
    if (this.#wakeRequested || this.#stopping.signal.aborted) return
    const untilDueMs = this.#nextDelayedAt === undefined ? TICK_MS : this.#nextDelayedAt - Date.now()
    if (untilDueMs <= 0) return
    const restMs = Math.min(untilDueMs, TICK_MS)
    this.#marker ??= this.#work.waitForMarker(TICK_MS).finally(() => {
      this.#marker = undefined
    })
    const resting = new AbortController()
    const woken = new Promise<void>(resolve => {
      this.#wake = resolve
    })
    const timer = delay(restMs, undefined, { signal: resting.signal }).catch(() => undefined)
    try {
      await Promise.race([this.#marker, woken, timer])
    } finally {
      this.#wake = undefined
      resting.abort()
    }
  }
}
