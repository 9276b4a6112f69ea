import type { Deliveries } from './deliveries.ts'
import { backoffMs } from './redis-outage.ts'
import type { JobStarter, NextJob } from './start-job.ts'

/** How long an idle worker waits for the delivery of a job that it knows of, in milliseconds. */
const IDLE_WAIT_MS = 1_000

/** The same for a worker with other jobs to look after. */
const BUSY_WAIT_MS = 5

/** The same for a worker whose job has just ended: about as long as calls to Redis take now, since the broker is as slow then. A place
 *  that is given up is filled again by a call of its own. */
const FOLLOWING_WAIT = { leastMs: BUSY_WAIT_MS, calls: 2, mostMs: 100 } as const

/** How long the first job is waited for that somebody fetches by hand, in milliseconds. */
const FIRST_WAIT_MS = 200

/** A job to run, or an empty answer; with `undefined` after a finish, the worker's loop asks by itself. */
export type Fetched = NextJob | unknown[] | undefined

/** Longest wait after an error while the worker has other jobs to look after, in milliseconds. */
const BUSY_ERROR_WAIT_MS = 100

/** BullMQ's answer that no job may start now. The worker emits `drained` on this answer, too. */
const NOTHING_NOW: NextJob = [null, undefined, 0, 0]

export interface NextJobOptions {
  deliveries: Deliveries
  starter: Pick<JobStarter, 'startNext'>
  /** Starts to consume, the first time; makes room for one job more than run. */
  open: () => Promise<void>
  /** Jobs in wait and prioritized, as the worker was last told; `undefined` before that. */
  waiting: () => number | undefined
  /** Asks Redis for that number. */
  countWaiting: () => Promise<number>
  /** How long a call to Redis takes now, in milliseconds. */
  callMs: () => number
  /** Whether the worker fetches jobs by itself; if not, somebody calls `getNextJob`. */
  isWorkerRunning: () => boolean
  isClosing: () => boolean
  onError: (error: Error) => void
}

/** How a worker gets its next job: by asking for one, or with the end of another. */
export class NextJobSource {
  readonly #options: NextJobOptions
  /** Jobs that end, or have left active, while the next job is on its way to the worker. */
  #ending = 0
  #failures = 0
  #isFirst = true
  /** Whether the worker was told that nothing waits, and got no job since. */
  #isDrained = false

  constructor(options: NextJobOptions) {
    this.#options = options
  }

  /** The next job for a worker that asks for one. The worker emits `drained` on an empty answer. Never rejects: while Redis or
   *  the broker fail, an idle worker is answered after a wait that grows, so that its loop does not spin. */
  async next(token: string): Promise<Fetched> {
    try {
      const next = await this.#next(token)
      this.#failures = 0
      return next
    } catch (error) {
      this.#failures += 1
      this.#options.onError(error as Error)
      const waitMs = backoffMs(this.#failures)
      await this.#options.deliveries.waitForInterrupt(
        this.#isIdle ? waitMs : Math.min(waitMs, BUSY_ERROR_WAIT_MS),
      )
      return NOTHING_NOW
    }
  }

  async #next(token: string): Promise<Fetched> {
    const { open, waiting, countWaiting, isWorkerRunning } = this.#options
    await open()
    const next = await this.#startNext(token, this.#firstWaitMs())
    if (next) return next
    if (!waiting()) {
      // An idle worker asks every few seconds. The delivery of a job that came since wakes it.
      if (this.#isDrained && isWorkerRunning()) return []
      this.#isDrained = (await countWaiting()) === 0
      if (this.#isDrained) return []
    }
    return (await this.#startNext(token, this.#isIdle ? IDLE_WAIT_MS : BUSY_WAIT_MS)) ?? []
  }

  async #startNext(token: string, withinMs?: number): Promise<NextJob | undefined> {
    const next = await this.#options.starter.startNext(token, withinMs)
    if (next) this.#isDrained = false
    return next
  }

  /** The first message of a consumer needs a moment. A worker's own loop hears of it later; somebody who fetches jobs by hand would
   *  take the queue for drained. */
  #firstWaitMs(): number {
    const isFirst = this.#isFirst
    this.#isFirst = false
    return isFirst && !this.#options.isWorkerRunning() ? FIRST_WAIT_MS : 0
  }

  /** Whether nothing but the next job is expected of the worker's loop: while a call waits, the loop handles no other job. */
  get #isIdle(): boolean {
    return this.#options.deliveries.runningCount + this.#ending === 0
  }

  get #followingWaitMs(): number {
    const { leastMs, calls, mostMs } = FOLLOWING_WAIT
    return Math.min(Math.max(leastMs, calls * this.#options.callMs()), mostMs)
  }

  /** BullMQ's answer to a worker that waits until it may ask for a job. */
  async waitForJob(timeoutMs: number): Promise<{ member: string; score: number } | null> {
    await this.#options.open()
    const wakeup = await this.#options.deliveries.wait(timeoutMs)
    if (wakeup === 'timeout') return null
    // Never due: a closing or paused worker must not ask for a job.
    return { member: '0', score: wakeup === 'interrupted' ? Number.POSITIVE_INFINITY : 0 }
  }

  /** A job ends by `end`, and the worker goes on with the next one.
   *  @param end - is given the job that starts in the same call to Redis, if a delivery is at hand; tells whether that job is
   *    still the worker's
   *  @returns the next job; an empty answer means that the queue is drained */
  async endAndStartNext(
    token: string,
    end: (atHand: Promise<NextJob | undefined> | undefined) => Promise<boolean>,
  ): Promise<Fetched> {
    const { isClosing, onError } = this.#options
    return this.#whileEnding(async () => {
      const atHand = isClosing() ? undefined : this.#startNext(token)
      // `end` may reject first.
      atHand?.catch(() => undefined)
      const isStillAtHand = await end(atHand)
      try {
        return (isStillAtHand && (await atHand)) || (await this.#startFollowing(token))
      } catch (error) {
        // The job has ended all the same. The worker's loop asks for another.
        onError(error as Error)
        return undefined
      }
    })
  }

  /** The next job for a worker whose job has left active; an empty one means that the queue is drained. */
  startFollowing(token: string): Promise<Fetched> {
    return this.#whileEnding(() => this.#startFollowing(token))
  }

  async #whileEnding<T>(work: () => Promise<T>): Promise<T> {
    this.#ending += 1
    try {
      return await work()
    } finally {
      this.#ending -= 1
    }
  }

  async #startFollowing(token: string): Promise<Fetched> {
    const { waiting, isClosing, isWorkerRunning } = this.#options
    if (isClosing()) return []
    const next = await this.#startNext(token)
    if (next) return next
    if (waiting() === 0) return []
    if (isWorkerRunning()) return this.#startNext(token, this.#followingWaitMs)
    return (await this.#startNext(token, IDLE_WAIT_MS)) ?? []
  }
}
