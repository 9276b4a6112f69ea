import type { JobSource } from './job-source.ts'
import type { NextJob } from './starting.ts'
import type { Fence } from './takeover/fence.ts'

/** How long a worker that has a job coming waits for its delivery before it asks again, in milliseconds. */
const PATIENCE_MS = 1_000

/** The same for one that has other jobs to look after. */
const SHORT_PATIENCE_MS = 5

/** A job to start, or BullMQ's empty answer; `undefined` lets the worker's loop ask for it. */
export type Fetched = NextJob | unknown[] | undefined

export interface Finished {
  result: Fetched
  finishedOn: number
}

export interface FetchingOptions {
  source: Pick<JobSource, 'open' | 'next' | 'wait' | 'waiting' | 'runningCount'>
  fence: Fence
  isClosing: () => boolean
  /** Whether the worker fetches jobs by itself; if not, somebody does so by hand. */
  isWorkerRunning: () => boolean
  countWaiting: () => Promise<number>
  /** Puts a job that has started back into wait. */
  returnToWait: (jobId: string, token: string) => Promise<unknown>
  onError: (error: Error) => void
}

/** How a worker gets its next job: when it asks for one, and beside the end of the one before. */
export class Fetching {
  readonly #options: FetchingOptions
  /** Ends of jobs, and starts of those that follow them, which are under way. */
  #following = 0

  constructor(options: FetchingOptions) {
    this.#options = options
  }

  /** The next job for a worker that asks for one. An empty answer makes it say "drained": it must be true. */
  async next(token: string): Promise<Fetched> {
    const { source, countWaiting } = this.#options
    await source.open()
    const next = await this.#start(token)
    if (next) return next
    if (!source.waiting && (await countWaiting()) === 0) return []
    // While it waits here, the worker does not look after its other jobs, nor after one that is about to start.
    const isAlone = source.runningCount + this.#following === 0
    return (await this.#start(token, isAlone ? PATIENCE_MS : SHORT_PATIENCE_MS)) ?? []
  }

  /** BullMQ's answer to a worker that waits until it may ask for a job. */
  async waitForJob(timeoutMs: number): Promise<{ member: string; score: number } | null> {
    const { source } = this.#options
    await source.open()
    const wakeup = await source.wait(timeoutMs)
    if (wakeup === 'timeout') return null
    // Never due: a closing or paused worker must not ask for a job.
    return { member: '0', score: wakeup === 'interrupted' ? Number.POSITIVE_INFINITY : 0 }
  }

  /** Ends a run and starts the next job, in the same round if one is at hand. */
  besideEnd(token: string, end: () => Promise<{ finishedOn: number }>): Promise<Finished> {
    return this.#follow(() => this.#endAndStart(token, end))
  }

  /** The next job after one that left active; empty means "drained". */
  afterLeaving(token: string): Promise<Fetched> {
    return this.#follow(() => this.#startNext(token))
  }

  async #follow<T>(work: () => Promise<T>): Promise<T> {
    this.#following += 1
    try {
      return await work()
    } finally {
      this.#following -= 1
    }
  }

  async #endAndStart(token: string, end: () => Promise<{ finishedOn: number }>): Promise<Finished> {
    const atHand = this.#options.isClosing() ? undefined : this.#start(token)
    atHand?.catch(() => undefined)
    let finishedOn: number
    try {
      finishedOn = (await end()).finishedOn
    } catch (error) {
      await this.#returnStarted(atHand, token)
      throw error
    }
    try {
      return { finishedOn, result: (await atHand) ?? (await this.#startNext(token)) }
    } catch (error) {
      // The job has ended all the same. The worker's loop asks again.
      this.#options.onError(error as Error)
      return { finishedOn, result: undefined }
    }
  }

  async #startNext(token: string): Promise<Fetched> {
    const { source, isClosing, isWorkerRunning } = this.#options
    if (isClosing()) return []
    const next = await this.#start(token)
    if (next) return next
    if (source.waiting === 0) return []
    if (isWorkerRunning()) return this.#start(token, SHORT_PATIENCE_MS)
    return (await this.#start(token, PATIENCE_MS)) ?? []
  }

  /** The worker will not hear of a job that started beside one that could not end: it goes back to wait. */
  async #returnStarted(started: Promise<NextJob | undefined> | undefined, token: string): Promise<void> {
    const jobId = (await started?.catch(() => undefined))?.[1]
    if (jobId) await this.#options.returnToWait(jobId, token)
  }

  /** @param withinMs - how long to wait for a delivery, if none is at hand. @default 0 */
  async #start(token: string, withinMs?: number): Promise<NextJob | undefined> {
    const next = await this.#options.source.next(token, withinMs)
    const jobId = next?.[1]
    if (jobId) this.#options.fence.raise(jobId, token)
    return next
  }
}
