/** Longest time that a delivery may wait at a worker for its start, in milliseconds: another worker may become idle. Where calls to
 *  Redis are slow, every worker is: the time is then that of some calls, up to a limit. */
const LONGEST_WAIT = { leastMs: 50, calls: 8, mostMs: 250 } as const

/** @param callMs - how long a call to Redis takes now, in milliseconds */
export function longestWaitMs(callMs: number): number {
  return Math.min(Math.max(LONGEST_WAIT.leastMs, LONGEST_WAIT.calls * callMs), LONGEST_WAIT.mostMs)
}

/** The average is over about as many runs as jobs run at once, and over 10 at least: a delay of all running jobs counts once. */
const FEWEST_AVERAGED = 10

/** Runs that must have ended before the average says anything. */
const FIRST_RUNS = 20

/** Fewer spares do not outlast a round trip to the broker. */
const FEWEST_SPARES = 4

/** More spares are of no use: so many outlast a round trip while the broker syncs to its disk. */
const MOST_SPARES = { inAll: 64, perConcurrency: 8 } as const

/** Tells how many spare deliveries a worker may hold beside its running jobs. With spares the next delivery is at hand when a
 *  job ends, instead of a round trip away. Only short jobs let spares start in time. */
export class SpareCount {
  readonly #concurrency: number
  readonly #mostSpares: number
  readonly #newestWeight: number
  readonly #longestWaitMs: () => number
  #runs = 0
  #averageMs = 0

  /** @param concurrency - jobs that run at once
   *  @param longestWaitMs - for a spare delivery */
  constructor(concurrency: number, longestWaitMs: () => number) {
    this.#concurrency = concurrency
    this.#longestWaitMs = longestWaitMs
    this.#mostSpares = Math.max(MOST_SPARES.inAll, MOST_SPARES.perConcurrency * concurrency)
    this.#newestWeight = 1 / Math.max(FEWEST_AVERAGED, concurrency)
  }

  /** How many spares start in time; 0 while jobs are long, or not known yet. */
  get spares(): number {
    if (this.#runs < FIRST_RUNS) return 0
    // Half the time: jobs vary in length.
    const inTime = Math.floor((this.#longestWaitMs() / 2) * (this.#concurrency / this.#averageMs))
    return inTime < FEWEST_SPARES ? 0 : Math.min(inTime, this.#mostSpares)
  }

  /** @param ms - from the start of a job to its recorded end */
  noteRun(ms: number): void {
    this.#runs += 1
    // Each of the first runs counts alike.
    this.#averageMs += (ms - this.#averageMs) * Math.max(this.#newestWeight, 1 / this.#runs)
  }

  /** Jobs have turned long: earlier runs say nothing any more. */
  forget(): void {
    this.#runs = 0
    this.#averageMs = 0
  }
}
