import { setImmediate } from '../real-timers.ts'
import { addJobs, type JobToAdd } from '../redis/commands/add-jobs.ts'
import type { KnownClocks } from '../redis/known-clocks.ts'
import type { RedisQueue } from '../redis/redis-queue.ts'

/** Jobs in one call to Redis. Larger calls make Redis slower for each job; smaller ones cost a call too often. */
export const BATCH_SIZE = 25

interface Pending {
  job: JobToAdd
  resolve: (reply: unknown) => void
  reject: (error: Error) => void
}

/** Adds jobs of one queue that may run at once. Jobs that are added in one turn of the event loop, or while others are in
 *  flight, share calls to Redis. A call that is full goes out at once. */
export class AddBatch {
  readonly #queue: RedisQueue
  readonly #clocks: KnownClocks
  #pending: Pending[] = []
  #callsInFlight = 0

  constructor(queue: RedisQueue, clocks: KnownClocks) {
    this.#queue = queue
    this.#clocks = clocks
  }

  /** @returns the reply of `add-jobs.lua` for this job */
  add(job: JobToAdd): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const count = this.#pending.push({ job, resolve, reject })
      const isFull = count === BATCH_SIZE
      if (isFull) void this.#addPending()
      // Also for the rest of many jobs that are added together.
      if (isFull || (count === 1 && this.#callsInFlight === 0)) setImmediate(() => void this.#addPending())
    })
  }

  async #addPending(): Promise<void> {
    while (this.#pending.length > 0) {
      const batch = this.#pending
      this.#pending = []
      this.#callsInFlight += 1
      await this.#addAll(batch)
      this.#callsInFlight -= 1
      // The call that ends last takes the jobs that came meanwhile.
      if (this.#callsInFlight > 0) return
    }
  }

  /** Never rejects: each job is told by itself. */
  async #addAll(batch: Pending[]): Promise<void> {
    const jobs = batch.map(({ job }) => job)
    try {
      const replies = (await addJobs(await this.#queue.client(), jobs, this.#clocks)) as unknown[]
      for (const [i, { resolve, reject }] of batch.entries()) {
        const reply = replies[i]
        if (typeof reply === 'string') reject(new Error(reply))
        else resolve(reply)
      }
    } catch (error) {
      for (const { reject } of batch) reject(error as Error)
    }
  }
}
