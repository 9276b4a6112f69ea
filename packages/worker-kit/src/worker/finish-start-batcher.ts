import { monotonicMs, setImmediate } from '../real-timers.ts'
import {
  finishAndStartJobs,
  type StartReply,
  type StartRequest,
  type WorkerSettings,
} from '../redis/commands/finish-and-start-jobs.ts'
import type { QueueState } from '../redis/queue-state.ts'
import type { RedisQueue } from '../redis/redis-queue.ts'

/** Most finishes, and most starts, in a call while another call is in flight. Larger calls hold Redis until the worker has
 *  nothing to do; smaller ones cost a call too often. */
const BATCH_SIZE = 25

/** The same for a call that is in flight alone: a script must not hold Redis for long. */
const LONE_BATCH_SIZE = 100

/** Most bytes of jobs that one call records: a script must not hold Redis for long. One job may be larger. */
const MAX_RECORDED_BYTES = 1024 * 1024

/** With so many calls of other queues in flight in this process, one call at a time is enough: Redis and the process have work
 *  meanwhile, and a call for twice as many jobs costs each of them half as much. */
const CALLS_OF_OTHERS = 2

/** Calls in flight of all queues of this process. */
let callsInFlight = 0

/** How old the queue's state may become while as many jobs start as end, in milliseconds. */
const STATE_MS = 10

/** Weight of the newest call in the average time of a call. */
const NEWEST_WEIGHT = 0.1

interface Pending<Input, Output> {
  readonly input: Input
  readonly resolve: (output: Output) => void
  readonly reject: (error: Error) => void
}

export interface FinishStartBatcherOptions {
  queue: RedisQueue
  settings: WorkerSettings
  /** Jobs that the worker runs at once; may change. */
  concurrency: () => number
  /** Called after calls to Redis: when fewer jobs start than end, or a job could not start, and about every 10 ms. */
  onState: (state: QueueState) => void
}

/** Sends a worker's finishes and starts of jobs to Redis in batches. Two calls are in flight, each for half of the jobs that
 *  run at once: Redis does the one while the worker handles the other. Where other queues of the process do that, one call is in flight,
 *  for all of them. All that comes meanwhile joins the next call. */
export class FinishStartBatcher {
  readonly #options: FinishStartBatcherOptions
  #finishes: Pending<unknown[], number>[] = []
  #starts: Pending<StartRequest, StartReply>[] = []
  #isScheduled = false
  #inFlight = 0
  #averageMs = 0
  /** When the queue's state was last told, by `monotonicMs`. */
  #toldAt = Number.NEGATIVE_INFINITY
  /** One where jobs may be refused: a later job must not start by a call that was sent meanwhile. */
  #mostInFlight: number

  constructor(options: FinishStartBatcherOptions) {
    this.#options = options
    this.#mostInFlight = options.settings.limiter ? 1 : 2
  }

  /** Finishes a job.
   *  @param args - BullMQ's of `moveToFinished`: keys, then arguments
   *  @returns BullMQ's result: 0, or a negative code */
  finish(args: unknown[]): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#finishes.push({ input: args, resolve, reject })
      this.#schedule()
    })
  }

  /** Starts the job of a delivery, if it may start. */
  start(request: StartRequest): Promise<StartReply> {
    return new Promise((resolve, reject) => {
      this.#starts.push({ input: request, resolve, reject })
      this.#schedule()
    })
  }

  /** How long a call takes now, in milliseconds, on average. 0 before the first. */
  get callMs(): number {
    return this.#averageMs
  }

  #schedule(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    // Last in this turn of the event loop, so that all its finishes and starts are in.
    setImmediate(() => {
      this.#isScheduled = false
      this.#callNext()
    })
  }

  #callNext(): void {
    while (this.#inFlight < this.#mostInFlightNow && this.#pendingCount >= this.#fewestForACall) {
      this.#inFlight += 1
      callsInFlight += 1
      void this.#call()
    }
  }

  async #call(): Promise<void> {
    const size = this.#batchSize
    const finishes = this.#finishes.splice(0, size)
    const starts = this.#starts.splice(0, this.#startsThatFit(size))
    const sentAt = monotonicMs()
    try {
      await this.#callRedis(finishes, starts)
      this.#averageMs += (monotonicMs() - sentAt - this.#averageMs) * NEWEST_WEIGHT
    } catch (error) {
      for (const { reject } of [...finishes, ...starts]) reject(error as Error)
    }
    callsInFlight -= 1
    this.#inFlight -= 1
    // With what the reply sets off, where nothing waits for it: jobs that start may end at once.
    if (this.#mostInFlightNow === 1) this.#schedule()
    else this.#callNext()
  }

  get #mostInFlightNow(): number {
    return callsInFlight - this.#inFlight >= CALLS_OF_OTHERS ? 1 : this.#mostInFlight
  }

  get #pendingCount(): number {
    return this.#finishes.length + this.#starts.length
  }

  /** Any, or about half of the running jobs while another call is in flight. */
  get #fewestForACall(): number {
    return this.#inFlight === 0 ? 1 : Math.max(2, this.#batchSize)
  }

  get #batchSize(): number {
    if (this.#mostInFlightNow === 1) return LONE_BATCH_SIZE
    return Math.min(BATCH_SIZE, Math.ceil(this.#options.concurrency() / 2))
  }

  #startsThatFit(most: number): number {
    let bytes = 0
    for (const [i, { input }] of this.#starts.entries()) {
      bytes += input.newJob?.job.data.length ?? 0
      if (i === most || (i > 0 && bytes > MAX_RECORDED_BYTES)) return i
    }
    return most
  }

  async #callRedis(
    finishes: Pending<unknown[], number>[],
    starts: Pending<StartRequest, StartReply>[],
  ): Promise<void> {
    const { queue, settings, onState } = this.#options
    const { finished, started, state } = await finishAndStartJobs(queue, settings, {
      finishes: finishes.map(({ input }) => input),
      starts: starts.map(({ input }) => input),
      // A worker that has no delivery for a free place must know whether there is one to wait for.
      asksState: starts.length < finishes.length || monotonicMs() - this.#toldAt >= STATE_MS,
    })
    if (state) {
      this.#toldAt = monotonicMs()
      onState(state)
    }
    settleAll(finishes, finished)
    settleAll(starts, started)
    const blocked = started.findLast(reply => !(reply instanceof Error) && reply[0] === 'blocked')
    if (blocked) this.#refuseLater(blocked as StartReply & ['blocked', ...unknown[]])
  }

  /** A start was refused: later ones must not overtake it, should there be room by now. */
  #refuseLater([outcome, rateLimitMs, reason]: StartReply & ['blocked', ...unknown[]]): void {
    // A pause ends; limits stay.
    if (reason !== 'paused') this.#mostInFlight = 1
    // Without the stamp that the refused job may have got.
    for (const { resolve } of this.#starts.splice(0)) resolve([outcome, rateLimitMs, reason])
  }
}

function settleAll<Output>(pending: Pending<unknown, Output>[], outputs: (Output | Error)[]): void {
  for (const [i, { resolve, reject }] of pending.entries()) {
    const output = outputs[i] as Output | Error
    if (output instanceof Error) reject(output)
    else resolve(output)
  }
}
