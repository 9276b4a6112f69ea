import { setImmediate } from '../real-timers.ts'
import { withTimeLimit } from '../time-limit.ts'

/** Counts tasks in flight, for whoever must not end before them. */
export class InFlight {
  #count = 0
  readonly #waiting: (() => void)[] = []

  async run<T>(task: () => Promise<T>): Promise<T> {
    this.#count += 1
    try {
      return await task()
    } finally {
      this.#count -= 1
      if (this.#count === 0) for (const resolve of this.#waiting.splice(0)) resolve()
    }
  }

  /** Resolves when all tasks have ended, those included whose caller needs some microtasks to begin.
   *  @param limitMs - or after that time, in milliseconds */
  async ended(limitMs: number): Promise<void> {
    await new Promise<void>(resolve => setImmediate(resolve))
    if (this.#count === 0) return
    const ended = new Promise<void>(resolve => this.#waiting.push(resolve))
    await withTimeLimit(ended, limitMs, () => undefined)
  }
}
