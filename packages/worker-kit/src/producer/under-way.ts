import { delay, setImmediate } from '../real-timers.ts'

/** Counts the tasks that are under way, for whoever must not end before them. */
export class UnderWay {
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

  /** Resolves when all tasks that were begun have ended, those included whose caller needs some microtasks to begin.
   *  @param timeoutMs - or after that time, in milliseconds */
  async ended(timeoutMs: number): Promise<void> {
    await new Promise<void>(resolve => setImmediate(resolve))
    if (this.#count === 0) return
    const waiting = new AbortController()
    const ended = new Promise<void>(resolve => this.#waiting.push(resolve))
    const timeout = delay(timeoutMs, undefined, { signal: waiting.signal }).catch(() => undefined)
    await Promise.race([ended, timeout])
    waiting.abort()
  }
}
