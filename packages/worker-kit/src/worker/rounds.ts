import type { KeysMap, RedisClient, WorkerOptions } from 'bullmq'
import { setImmediate } from '../real-timers.ts'
import {
  finishAndStartJobs,
  type StartReply,
  type StartRequest,
} from '../redis/commands/finish-and-start-jobs.ts'
import type { QueueState } from '../redis/queue-state.ts'

/** Most jobs that one round ends, and most that it starts, while another is under way: more hold Redis for so long that the
 *  worker runs out of work, fewer cost a call too often. */
const ROUND_SIZE = 25

/** The same for a round that is alone: a script must not hold Redis for long. */
const LONE_ROUND_SIZE = 100

interface Pending<Input, Output> {
  input: Input
  resolve: (output: Output) => void
  reject: (error: Error) => void
}

export interface RoundsOptions {
  keys: KeysMap
  workerOptions: WorkerOptions
  /** How many jobs the worker runs at once; may change. */
  concurrency: () => number
  redis: () => Promise<RedisClient>
  /** Called after each round. */
  onRound: (queue: QueueState) => void
}

/** A worker's calls to Redis that end and start jobs. Two are under way, each for half of the jobs that run at once: while
 *  Redis does the one, the worker does what comes of the other. What comes while both are under way is done by the next:
 *  the more there is to do, the less each job costs. */
export class Rounds {
  readonly #options: RoundsOptions
  #ending: Pending<unknown[], number>[] = []
  #starting: Pending<StartRequest, StartReply>[] = []
  #isScheduled = false
  #inFlight = 0
  /** One call where jobs may be refused: those that came later must not start because of a call sent meanwhile. */
  #mostInFlight: number

  constructor(options: RoundsOptions) {
    this.#options = options
    this.#mostInFlight = options.workerOptions.limiter ? 1 : 2
  }

  /** Ends a job.
   *  @param args - BullMQ's of `moveToFinished`: keys, then arguments.
   *  @returns BullMQ's result: 0, or a negative code. */
  end(args: unknown[]): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#ending.push({ input: args, resolve, reject })
      this.#schedule()
    })
  }

  /** Starts the job of a delivery, if it may start. */
  start(claim: StartRequest): Promise<StartReply> {
    return new Promise((resolve, reject) => {
      this.#starting.push({ input: claim, resolve, reject })
      this.#schedule()
    })
  }

  #schedule(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    // After everything else that ends in this turn of the event loop.
    setImmediate(() => {
      this.#isScheduled = false
      this.#callNext()
    })
  }

  #callNext(): void {
    while (this.#inFlight < this.#mostInFlight && this.#pendingCount >= this.#worthACall) {
      this.#inFlight += 1
      void this.#call()
    }
  }

  async #call(): Promise<void> {
    const size = this.#roundSize
    const ending = this.#ending.splice(0, size)
    const starting = this.#starting.splice(0, size)
    try {
      await this.#callRedis(ending, starting)
    } catch (error) {
      for (const { reject } of [...ending, ...starting]) reject(error as Error)
    }
    this.#inFlight -= 1
    this.#callNext()
  }

  get #pendingCount(): number {
    return this.#ending.length + this.#starting.length
  }

  /** Ends and starts for which a call goes out: any, or about half a round where another is under way. */
  get #worthACall(): number {
    return this.#inFlight === 0 ? 1 : Math.max(2, this.#roundSize)
  }

  get #roundSize(): number {
    if (this.#mostInFlight === 1) return LONE_ROUND_SIZE
    return Math.min(ROUND_SIZE, Math.ceil(this.#options.concurrency() / 2))
  }

  async #callRedis(
    ending: Pending<unknown[], number>[],
    starting: Pending<StartRequest, StartReply>[],
  ): Promise<void> {
    const { keys, redis, workerOptions, onRound } = this.#options
    const { finished, started, state } = await finishAndStartJobs({ keys, client: redis }, workerOptions, {
      finishes: ending.map(({ input }) => input),
      starts: starting.map(({ input }) => input),
    })
    onRound(state)
    for (const [i, { resolve, reject }] of ending.entries()) {
      const result = finished[i] as number | Error
      if (typeof result === 'number') resolve(result)
      else reject(result)
    }
    let blocked: (StartReply & ['blocked', ...unknown[]]) | undefined
    for (const [i, { resolve, reject }] of starting.entries()) {
      const result = started[i] as StartReply | Error
      if (result instanceof Error) {
        reject(result)
        continue
      }
      resolve(result)
      if (result[0] === 'blocked') blocked = result
    }
    // What came later must not start before it, if there is room now.
    if (!blocked) return
    // A pause ends; limits stay.
    if (blocked[2] !== 'paused') this.#mostInFlight = 1
    for (const { resolve } of this.#starting.splice(0)) resolve(blocked)
  }
}
