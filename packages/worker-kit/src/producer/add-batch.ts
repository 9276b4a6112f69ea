import type { RedisClient } from 'bullmq'
import { setImmediate } from '../real-timers.ts'
import { keyCountOf } from '../redis/bullmq-scripts.ts'
import type { KnownClocks } from '../redis/known-clocks.ts'
import { runScript, type ScriptRunner, scripts } from '../redis/scripts.ts'

/** Jobs that one call of the script adds: more make Redis slower for each, fewer cost a call too often. */
export const BATCH_SIZE = 25

/** A job as BullMQ would add it. */
export interface StandardJob {
  /** BullMQ's of `addStandardJob`: keys, then arguments. */
  args: unknown[]
  /** Id that the caller wants; "" for the next number. */
  wantedId: string
  /** Whether it is to run before those that came earlier. */
  lifo: boolean
}

interface Pending {
  job: StandardJob
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

  /** Gives the reply of `add.lua` for this job. */
  add(job: StandardJob): Promise<unknown> {
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
      const results = (await runAdd(await this.#redis(), jobs, this.#clocks)) as unknown[]
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

/** Runs ours in place of BullMQ's `addStandardJob`, for jobs of one queue. */
export function runAdd(runner: ScriptRunner, jobs: StandardJob[], clocks: KnownClocks): Promise<unknown> {
  const keyCount = keyCountOf('addStandardJob')
  // Flows add to other queues than their own: the keys tell which.
  const keys = (jobs[0] as StandardJob).args.slice(0, keyCount - 1) as string[]
  const prefix = (keys[0] as string).slice(0, -'wait'.length)
  const clock = `${prefix}clock`
  return runScript(
    runner,
    scripts.add,
    [...keys, `${prefix}scratch`, clock, `${prefix}marker`],
    [
      clocks.note(clock),
      prefix,
      ...jobs.flatMap(({ args, wantedId, lifo }) => [wantedId, lifo ? '1' : '0', ...args.slice(keyCount)]),
    ],
  )
}
