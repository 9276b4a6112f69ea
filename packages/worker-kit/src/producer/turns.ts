import { setImmediate } from '../real-timers.ts'

/** Lets callers pass in the order in which they come, so many in one turn of the event loop. A long list of work that is
 *  all there at once then leaves the process time for what the first parts of it have brought about. */
export class Turns {
  readonly #perTurn: number
  #left: number
  #isCounting = false
  readonly #waiting: (() => void)[] = []

  /** @param perTurn - how many pass in one turn; 1 or more */
  constructor(perTurn: number) {
    this.#perTurn = perTurn
    this.#left = perTurn
  }

  /** `undefined` when the caller may pass at once. */
  enter(): Promise<void> | undefined {
    if (this.#left === 0) return new Promise(resolve => this.#waiting.push(resolve))
    this.#left -= 1
    this.#count()
    return undefined
  }

  #count(): void {
    if (this.#isCounting) return
    this.#isCounting = true
    setImmediate(() => this.#beginTurn())
  }

  #beginTurn(): void {
    this.#isCounting = false
    const admitted = this.#waiting.splice(0, this.#perTurn)
    this.#left = this.#perTurn - admitted.length
    if (admitted.length > 0) this.#count()
    for (const pass of admitted) pass()
  }
}
