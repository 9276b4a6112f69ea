import type { RedisClient } from 'bullmq'
import { delay } from '../real-timers.ts'
import { backoffMs, isTemporary } from './redis-outage.ts'

/** A job's run: the job, and the token of its lock. */
export interface OwnedJob {
  readonly jobId: string
  readonly token: string
}

export interface OutcomeRecorderOptions {
  client: () => Promise<RedisClient>
  lockDurationMs: number
  extendLock: (jobId: string, token: string, durationMs: number) => Promise<number>
  /** Whether to give up: the backend's connections are being closed, or its worker has been closing for long. */
  isClosing: () => boolean
  onError: (error: Error) => void
}

/** Offers what became of a job to Redis, again and again while Redis cannot take it (BUSY, OOM, LOADING, READONLY, a lost
 *  connection) and the job's lock may still be the worker's. BullMQ gives such a job up, and it runs twice. */
export class OutcomeRecorder {
  readonly #options: OutcomeRecorderOptions

  constructor(options: OutcomeRecorderOptions) {
    this.#options = options
  }

  /** @param step - the command; must tell by an error that the job is no longer the worker's
   *  @param onPostponed - called once, when Redis cannot take the outcome now */
  async record<T>(job: OwnedJob, step: () => Promise<T>, onPostponed?: () => unknown): Promise<T> {
    const { onError } = this.#options
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await step()
      } catch (error) {
        if (!isTemporary(error) || (await this.#isHopeless())) throw error
        if (attempt === 1) onPostponed?.()
        onError(error as Error)
        await delay(backoffMs(attempt))
        await this.#keepLock(job)
      }
    }
  }

  /** BullMQ renews the lock no more once the job's processor has ended. Without a lock Redis refuses the outcome. */
  async #keepLock({ jobId, token }: OwnedJob): Promise<void> {
    const { lockDurationMs, extendLock } = this.#options
    // Redis may refuse this, too: the next attempt at the outcome says so.
    await extendLock(jobId, token, lockDurationMs).catch(() => undefined)
  }

  async #isHopeless(): Promise<boolean> {
    if (this.#options.isClosing()) return true
    const client = await this.#options.client().catch(() => undefined)
    // ioredis connects no more.
    return client === undefined || client.status === 'end'
  }
}
