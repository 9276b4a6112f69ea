import type { KeysMap, RedisClient, WorkerOptions } from 'bullmq'
import { setImmediate } from '../real-timers.ts'
import { keyCountOf } from '../redis/bullmq-scripts.ts'
import { keyOf } from '../redis/queue-keys.ts'
import { runScript, scripts } from '../redis/scripts.ts'

/** Most jobs that one round ends, and most that it starts, while another is under way: more hold Redis for so long that the
 *  worker runs out of work, fewer cost a call too often. */
const ROUND_SIZE = 25

/** The same for a round that is alone: a script must not hold Redis for long. */
const LONE_ROUND_SIZE = 100

/** A delivery that asks to start its job. */
export interface StartClaim {
  readonly id: string
  readonly stamp: string
  /** Lock token of the job, if it starts. */
  readonly token: string
}

/** Why a delivery is not the current one of its job. */
export type StaleReason = 'removed' | 'unstamped' | 'superseded' | 'not waiting' | 'already active'

export type StartReply =
  | ['active', hash: string[]]
  | ['blocked', rateLimitMs: number, reason: 'limited' | 'maxed' | 'paused']
  | ['running']
  | ['stale', reason: StaleReason]

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
  onRound: (queue: { needsPump: boolean; waiting: number }) => void
}

/** A worker's calls to Redis that end and start jobs. Two are under way, each for half of the jobs that run at once: while
 *  Redis does the one, the worker does what comes of the other. What comes while both are under way is done by the next:
 *  the more there is to do, the less each job costs. */
export class Rounds {
  readonly #options: RoundsOptions
  readonly #keys: string[]
  readonly #common: string
  #ending: Pending<unknown[], number>[] = []
  #starting: Pending<StartClaim, StartReply>[] = []
  #isScheduled = false
  #inFlight = 0
  /** One call where jobs may be refused: those that came later must not start because of a call sent meanwhile. */
  #mostInFlight: number

  constructor(options: RoundsOptions) {
    this.#options = options
    const key = (name: string) => keyOf(options.keys, name)
    this.#keys = [
      ...['wait', 'active', 'prioritized', 'events', 'stalled', 'limiter', 'delayed', 'paused', 'meta', 'pc'],
      ...['completed', 'failed'],
    ].map(key)
    this.#keys.push(`${key('')}metrics:completed`, `${key('')}metrics:failed`)
    this.#keys.push(...['marker', 'none', 'scratch'].map(key))
    const { lockDuration, limiter, name } = options.workerOptions
    this.#common = JSON.stringify({ lockDuration, limiter, name })
    this.#mostInFlight = limiter ? 1 : 2
  }

  /** Ends a job.
   *  @param args - BullMQ's of `moveToFinished`: keys, then arguments.
   *  @returns BullMQ's result: 0, or a negative code. */
  end(args: unknown[]): Promise<number> {
    const argv = args.slice(keyCountOf('moveToFinished'))
    const [id, timestamp, property, value, target, , , options, fields = ''] = argv
    return new Promise((resolve, reject) => {
      this.#ending.push({
        input: [id, timestamp, property, value, target, options, fields],
        resolve,
        reject,
      })
      this.#schedule()
    })
  }

  /** Starts the job of a delivery, if it may start. */
  start(claim: StartClaim): Promise<StartReply> {
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
    starting: Pending<StartClaim, StartReply>[],
  ): Promise<void> {
    const args: unknown[] = [
      keyOf(this.#options.keys, ''),
      Date.now(),
      this.#common,
      ending.length,
      starting.length,
    ]
    for (const { input } of ending) args.push(...input)
    for (const { input } of starting) args.push(input.id, input.stamp, input.token)
    const reply = await runScript(await this.#options.redis(), scripts.round, this.#keys, args)
    const [ended, started, needsPump, waiting] = reply as [
      (number | string)[],
      (StartReply | ['error', string])[],
      number,
      number,
    ]
    this.#options.onRound({ needsPump: needsPump === 1, waiting })
    for (const [i, { resolve, reject }] of ending.entries()) {
      const result = ended[i] as number | string
      if (typeof result === 'number') resolve(result)
      else reject(new Error(result))
    }
    let blocked: (StartReply & ['blocked', ...unknown[]]) | undefined
    for (const [i, { resolve, reject }] of starting.entries()) {
      const result = started[i] as StartReply | ['error', string]
      if (result[0] === 'error') reject(new Error(result[1]))
      else resolve(result)
      if (result[0] === 'blocked') blocked = result
    }
    // What came later must not start before it, if there is room now.
    if (!blocked) return
    // A pause ends; limits stay.
    if (blocked[2] !== 'paused') this.#mostInFlight = 1
    for (const { resolve } of this.#starting.splice(0)) resolve(blocked)
  }
}
