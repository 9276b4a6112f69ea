import { isNotConnectionError } from 'bullmq'
import { clearTimeout, delay, monotonicMs, setImmediate, setTimeout } from '../real-timers.ts'

/** Longest time without a look at a queue in use, in milliseconds: BullMQ does not always set its marker. */
const TICK_MS = 1_000

/** How early a timer may end, in milliseconds: Node.js counts in whole ones. Else the tick would be put off by a whole
 *  rest. */
const TIMER_SLACK_MS = 2

export interface PumpWork {
  /** Resolves when BullMQ's marker is set, at the latest after that time. */
  waitForMarker: (timeoutMs: number) => Promise<void>
  /** Publishes eligible jobs that have no message. @returns when the next delayed job is due, in epoch milliseconds */
  publishEligible: () => Promise<number | undefined>
  /** Once a second; in a quiet queue, with each look. */
  tick: () => Promise<void>
  /** Whether nothing waits, by the last look, and nothing is held or runs here. */
  isQuiet: () => boolean
  /** Longest time without a look at a quiet queue, in milliseconds. */
  quietTickMs: number
  onError: (error: Error) => void
}

/** A worker's loop that publishes eligible jobs (R5): on every wake, on BullMQ's marker, and once a second; in a quiet queue
 *  as seldom as a worker of BullMQ's looks at an empty one. */
export class Pump {
  readonly #work: PumpWork
  readonly #stopping = new AbortController()
  #running = false
  #marker: Promise<void> | undefined
  #wake: (() => void) | undefined
  #wakeRequested = false
  #nextDelayedAt: number | undefined
  #nextTickAt = 0
  #isQuiet = false
  #restTimer: NodeJS.Timeout | undefined
  /** By `monotonicMs`. */
  #restUntil = 0

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

  /** A delivery has come: the queue is in use, and the next tick comes within a second. */
  noteDelivery(): void {
    if (!this.#isQuiet) return
    this.#isQuiet = false
    if (this.#restUntil > monotonicMs() + TICK_MS) this.#restFor(TICK_MS)
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
    if (monotonicMs() < this.#nextTickAt - TIMER_SLACK_MS) return
    this.#nextTickAt = monotonicMs() + TICK_MS
    await this.#work.tick()
  }

  /** Rests until it is woken, the marker is set, a delayed job is due, or a tick is over. */
  async #rest(): Promise<void> {
    if (this.#wakeRequested || this.#stopping.signal.aborted) return
    const { isQuiet, quietTickMs, waitForMarker } = this.#work
    this.#isQuiet = isQuiet()
    // A quiet pump is woken by the end of its wait for the marker: a second timer would only wake it once more.
    const longestMs = this.#isQuiet ? quietTickMs + TICK_MS : TICK_MS
    const untilDueMs = this.#nextDelayedAt === undefined ? longestMs : this.#nextDelayedAt - Date.now()
    if (untilDueMs <= 0) return
    // Also while the ticks are short: a marker that is waited for costs nothing.
    this.#marker ??= waitForMarker(quietTickMs).finally(() => {
      this.#marker = undefined
    })
    const woken = new Promise<void>(resolve => {
      this.#wake = resolve
    })
    this.#restFor(Math.min(untilDueMs, longestMs))
    try {
      await Promise.race([this.#marker, woken])
    } finally {
      this.#wake = undefined
      this.#isQuiet = false
      clearTimeout(this.#restTimer)
    }
  }

  #restFor(ms: number): void {
    clearTimeout(this.#restTimer)
    this.#restUntil = monotonicMs() + ms
    this.#restTimer = setTimeout(() => this.#wake?.(), ms)
  }
}
