import type { RedisClient } from 'bullmq'
import { setImmediate } from '../real-timers.ts'
import { addJobs, type JobToAdd } from '../redis/commands/add-jobs.ts'
import type { KnownClocks } from '../redis/known-clocks.ts'

/** Jobs that one call of the script adds: more make Redis slower for each, fewer cost a call too often. */
export const BATCH_SIZE = 25

interface Pending {
  job: JobToAdd
  resolve: (reply: unknown) => void
  reject: (error: Error) => void
}

/** Adds standard jobs of one queue. Those that are added in one turn of the event loop, or while others are being
 *  added, share calls of the script; a call that is full goes out at once. */
export class AddBatch {
  readonly #redis: () => Promise<RedisClient>
  readonly #clocks: KnownClocks
  #pending: Pending[] = []
  #callsUnderWay = 0

  constructor(redis: () => Promise<RedisClient>, clocks: KnownClocks) {
    this.#redis = redis
    this.#clocks = clocks
  }

  /** Gives the reply of `addJobs` for this job. */
  add(job: JobToAdd): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const count = this.#pending.push({ job, resolve, reject })
      const isFull = count === BATCH_SIZE
      if (isFull) void this.#addPending()
      // Also what is left over of many that are added together.
      if (isFull || (count === 1 && this.#callsUnderWay === 0)) setImmediate(() => void this.#addPending())
    })
  }

  async #addPending(): Promise<void> {
    while (this.#pending.length > 0) {
      const batch = this.#pending
      this.#pending = []
      this.#callsUnderWay += 1
      await this.#addAll(batch)
      this.#callsUnderWay -= 1
      // Whoever ends last takes those that came meanwhile.
      if (this.#callsUnderWay > 0) return
    }
  }

  /** Never rejects: every job is told by itself. */
  async #addAll(batch: Pending[]): Promise<void> {
    const jobs = batch.map(({ job }) => job)
    try {
      const results = (await addJobs(await this.#redis(), jobs, this.#clocks)) as unknown[]
      for (const [i, { resolve, reject }] of batch.entries()) {
        const result = results[i]
        if (typeof result === 'string') reject(new Error(result))
        else resolve(result)
      }
    } catch (error) {
      for (const { reject } of batch) reject(error as Error)
    }
  }
}
