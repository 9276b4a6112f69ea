import { randomUUID } from 'node:crypto'
import type { Logger } from '../logger.ts'
import { clearTimeout, monotonicMs, setTimeout } from '../real-timers.ts'
import { LONGEST_TIMER_MS, withTimeLimit } from '../time-limit.ts'
import type { OutboxStore } from './outbox-store.ts'
import { OutageError, type PublishRows } from './publish-rows.ts'
import { asked, type QueueRelaySettings, relayQueue } from './relay-queue.ts'

export interface RelayTimes {
  /** How long rows wait at most that nobody tells of: those of another process, for example. In milliseconds, integer from 1 to
   *  2,147,483,647. @default 1_000 */
  pollIntervalMs: number
  /** Rows that are published at once. Integer from 1 to 10_000. @default 500 */
  batchSize: number
  /** Most bytes of payloads that are published at once; one row may have more. Integer >= 1. @default 8_000_000 */
  maxBatchBytes: number
  /** How long a queue's rows stay with a relay that has died, in milliseconds. Integer from 1_000 to 2,147,483,647. @default 30_000 */
  leaseMs: number
  /** Wait after the first of several failures, in milliseconds; it doubles with each. Integer from 1. @default 250 */
  minBackoffMs: number
  /** Longest wait after a failure, in milliseconds. Integer from 1. @default 30_000 */
  maxBackoffMs: number
}

export interface RelayParts extends RelayTimes {
  store: OutboxStore<never>
  publish: PublishRows
  logger: Logger
}

/** Queues that one relay works on at a time. */
const QUEUES_AT_ONCE = 4

interface Trouble {
  failures: number
  /** When the queue is visited again, by the monotonic clock. */
  until: number
}

/** Moves jobs from an outbox to their queues. Any number of relays may work on one outbox. */
export class Relay {
  readonly #parts: RelayParts
  readonly #settings: QueueRelaySettings
  readonly #running: Promise<void>
  /** Queues that have new rows. */
  readonly #woken = new Set<string>()
  readonly #troubled = new Map<string, Trouble>()
  #nextLookAt = 0
  #failures = 0
  #isClosed = false
  #resume: () => void = () => undefined

  /** Starts at once. */
  constructor(parts: RelayParts) {
    this.#parts = parts
    this.#settings = { ...parts, relayId: randomUUID(), isClosed: () => this.#isClosed }
    this.#running = this.#run()
  }

  /** A queue may have new rows. While a server is away this does not shorten the wait. */
  wake(queue: string): void {
    this.#woken.add(queue)
    if (this.#failures === 0) this.#resume()
  }

  /** Looks for due rows of all queues, soon. */
  look(): void {
    this.#nextLookAt = 0
    if (this.#failures === 0) this.#resume()
  }

  /** Stops when the rows at hand are dealt with. Safe to call twice.
   *  @returns whether it stopped in time */
  close(timeoutMs: number): Promise<boolean> {
    this.#isClosed = true
    this.#resume()
    return withTimeLimit(
      this.#running.then(() => true),
      timeoutMs,
      () => false,
    )
  }

  async #run(): Promise<void> {
    while (!this.#isClosed) {
      try {
        this.#noteSuccess(await this.#pass())
      } catch (error) {
        // What ends because the relay is closed is no outage.
        if (this.#isClosed) return
        if (this.#failures === 0)
          this.#parts.logger.warn({ err: (error as Error).cause ?? error }, 'the outbox is not relayed')
        this.#failures += 1
        this.#nextLookAt = monotonicMs() + this.#backoffMs(this.#failures)
      }
      await this.#wait()
    }
  }

  /** @param isProof - whether the pass could have failed: one that found all queues taken by other relays could not */
  #noteSuccess(isProof: boolean): void {
    if (this.#failures === 0) return
    if (isProof) {
      this.#parts.logger.info({}, 'the outbox is relayed again')
      this.#failures = 0
    } else this.#nextLookAt = monotonicMs() + this.#backoffMs(this.#failures)
  }

  /** Until the next look, or a wake-up. While a server is away wake-ups do not count. */
  async #wait(): Promise<void> {
    // Again, if the timer ended a moment early: a pass without work would look like a recovery.
    while (!this.#isClosed && !(this.#failures === 0 && this.#woken.size > 0)) {
      const waitMs = Math.min(this.#nextLookAt - monotonicMs(), LONGEST_TIMER_MS)
      if (waitMs <= 0) return
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#resume = resolve
      const timer = setTimeout(resolve, waitMs)
      await promise
      clearTimeout(timer)
      this.#resume = () => undefined
    }
  }

  /** Visits the queues that were told of, or all that have due rows.
   *  @returns whether a queue was relayed, or there was nothing to relay
   *  @throws {OutageError} a server is away */
  async #pass(): Promise<boolean> {
    const isLook = this.#nextLookAt <= monotonicMs()
    const queues = new Set(this.#woken)
    this.#woken.clear()
    if (isLook) for (const queue of await this.#look()) queues.add(queue)
    const waiting = [...queues].filter(queue => (this.#troubled.get(queue)?.until ?? 0) <= monotonicMs())
    let isProof = isLook && queues.size === 0
    const visitors = Array.from({ length: QUEUES_AT_ONCE }, async () => {
      for (let queue = waiting.shift(); queue !== undefined && !this.#isClosed; queue = waiting.shift())
        if (await this.#visit(queue)) isProof = true
    })
    // All of them end before an error counts: none goes on beside the next pass.
    const failed = (await Promise.allSettled(visitors)).find(({ status }) => status === 'rejected')
    if (failed) throw (failed as PromiseRejectedResult).reason
    return isProof
  }

  /** The queues with due rows. Sets the time of the next look: when the next row is due, if that is soon. */
  async #look(): Promise<string[]> {
    const { store, pollIntervalMs } = this.#parts
    const queues = await asked(store.queues())
    // Jitter: relays must not all look at the same moment.
    this.#lookWithin(pollIntervalMs * (0.75 + Math.random() / 4), true)
    const later = queues.find(({ dueInMs }) => dueInMs > 0)
    if (later) this.#lookWithin(Math.ceil(later.dueInMs))
    return queues.filter(({ dueInMs }) => dueInMs <= 0).map(({ queue }) => queue)
  }

  #lookWithin(ms: number, isAtLatest = false): void {
    const at = monotonicMs() + ms
    if (isAtLatest || at < this.#nextLookAt) this.#nextLookAt = at
  }

  /** @returns whether the queue was relayed */
  async #visit(queue: string): Promise<boolean> {
    try {
      const outcome = await relayQueue(queue, this.#settings)
      if (outcome === 'more') this.#woken.add(queue)
      // The other relay may have looked before the row was there.
      if (outcome === 'busy') this.#lookWithin(this.#parts.pollIntervalMs / 4)
      else this.#troubled.delete(queue)
      return outcome !== 'busy'
    } catch (error) {
      if (error instanceof OutageError) throw error
      this.#putOff(queue, error as Error)
      return false
    }
  }

  /** A queue that takes no jobs must not keep back the others. Its rows stay as they are. */
  #putOff(queue: string, err: Error): void {
    const { failures = 0 } = this.#troubled.get(queue) ?? {}
    if (failures === 0) this.#parts.logger.error({ queue, err }, 'a queue of the outbox takes no jobs')
    const backoffMs = this.#backoffMs(failures + 1)
    this.#troubled.set(queue, { failures: failures + 1, until: monotonicMs() + backoffMs })
    this.#lookWithin(backoffMs)
  }

  #backoffMs(failures: number): number {
    const { minBackoffMs, maxBackoffMs } = this.#parts
    const fullMs = Math.min(minBackoffMs * 2 ** (failures - 1), maxBackoffMs)
    // Jitter: relays that lost the same server must not come back at the same moment.
    return fullMs * (0.5 + Math.random() / 2)
  }
}
