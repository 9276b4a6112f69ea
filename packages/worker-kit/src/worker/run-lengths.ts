/** Longest time that a delivery may wait here for a slot, in milliseconds: another worker may become idle. */
export const LONGEST_WAIT_MS = 50

/** The average is over about as many of the last runs as jobs run at once, and over 10 at least: what delays all that
 *  run at one time counts once. */
const FEWEST_AVERAGED = 10

/** Runs that must have been seen before the average says anything. */
const FIRST_RUNS = 20

/** Fewer do not outlast a round trip to the broker. */
const FEWEST_SPARES = 4

/** More are of no use: so many outlast it while the broker syncs to its disk. */
const MOST_SPARES = { inAll: 64, perSlot: 8 } as const

/** Tells how many deliveries may wait at a worker for their turn, beside those that run. With some, the next one is at
 *  hand when a job ends, instead of a round trip to the broker away; but only short jobs let them start in time. */
export class RunLengths {
  readonly #slots: number
  readonly #mostSpares: number
  readonly #newestWeight: number
  #runs = 0
  #averageMs = 0

  /** @param slots - jobs that run at once */
  constructor(slots: number) {
    this.#slots = slots
    this.#mostSpares = Math.max(MOST_SPARES.inAll, MOST_SPARES.perSlot * slots)
    this.#newestWeight = 1 / Math.max(FEWEST_AVERAGED, slots)
  }

  /** 0 where waiting here would take too long. */
  get spares(): number {
    if (this.#runs < FIRST_RUNS) return 0
    // Half the time: jobs vary in length.
    const inTime = Math.floor((LONGEST_WAIT_MS / 2) * (this.#slots / this.#averageMs))
    return inTime < FEWEST_SPARES ? 0 : Math.min(inTime, this.#mostSpares)
  }

  /** @param ms - from the start of a job to its recorded end */
  note(ms: number): void {
    this.#runs += 1
    // Of the first runs each counts alike.
    this.#averageMs += (ms - this.#averageMs) * Math.max(this.#newestWeight, 1 / this.#runs)
  }

  /** Jobs have turned long: what was seen before says nothing any more. */
  forget(): void {
    this.#runs = 0
    this.#averageMs = 0
  }
}
