import type { RedisClient } from 'bullmq'
import { setImmediate } from '../real-timers.ts'
import { keyCountOf } from './bullmq-scripts.ts'
import type { KnownClocks } from './recovery/known-clocks.ts'
import { runScript, type ScriptRunner, scripts } from './scripts.ts'

/** Jobs that one call of the script adds: more make Redis slower for each, fewer cost a call too often. */
const BATCH_SIZE = 25

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

/** Adds standard jobs of one queue: those that are added in one turn of the event loop share calls of the script. */
export class AddBatch {
  readonly #redis: () => Promise<RedisClient>
  readonly #clocks: KnownClocks
  #pending: Pending[] = []

  constructor(redis: () => Promise<RedisClient>, clocks: KnownClocks) {
    this.#redis = redis
    this.#clocks = clocks
  }

  /** Gives the reply of `add.lua` for this job. */
  add(job: StandardJob): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#pending.push({ job, resolve, reject }) === 1) setImmediate(() => void this.#flush())
    })
  }

  async #flush(): Promise<void> {
    const pending = this.#pending
    this.#pending = []
    try {
      const client = await this.#redis()
      if (pending.length <= BATCH_SIZE) await this.#addAll(client, pending)
      else await this.#addPipelined(client, pending)
    } catch (error) {
      for (const { reject } of pending) reject(error as Error)
    }
  }

  async #addAll(runner: ScriptRunner, batch: Pending[]): Promise<void> {
    const jobs = batch.map(({ job }) => job)
    settle(batch, await runAdd(runner, jobs, this.#clocks))
  }

  async #addPipelined(client: RedisClient, pending: Pending[]): Promise<void> {
    const pipeline = client.pipeline()
    const batches: Pending[][] = []
    for (let at = 0; at < pending.length; at += BATCH_SIZE) batches.push(pending.slice(at, at + BATCH_SIZE))
    for (const batch of batches)
      void runAdd(
        pipeline,
        batch.map(({ job }) => job),
        this.#clocks,
      )
    const replies = (await pipeline.exec()) as [Error | null, unknown][]
    for (const [i, batch] of batches.entries()) {
      const [error, reply] = replies[i] as [Error | null, unknown]
      if (error) for (const { reject } of batch) reject(error)
      else settle(batch, reply)
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

function settle(batch: Pending[], reply: unknown): void {
  const results = reply as unknown[]
  for (const [i, { resolve, reject }] of batch.entries()) {
    const result = results[i]
    if (typeof result === 'string') reject(new Error(result))
    else resolve(result)
  }
}
