import { setImmediate } from '../real-timers.ts'

/** Admits callers in the order in which they come, a number of them in each turn of the event loop. A long list of work then
 *  leaves the process time for the replies to its first parts. */
export class Admission {
  readonly #perTurn: number
  #left: number
  #isCounting = false
  /** Those before `#head` have passed. */
  #waiting: (() => void)[] = []
  #head = 0

  /** @param perTurn - callers admitted in one turn. Integer >= 1 */
  constructor(perTurn: number) {
    this.#perTurn = perTurn
    this.#left = perTurn
  }

  /** Resolves when it is the caller's turn; `undefined` when that is now. */
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
    const admitted = this.#takeWaiting()
    this.#left = this.#perTurn - admitted.length
    if (admitted.length > 0) this.#count()
    for (const pass of admitted) pass()
  }

  /** Not by `splice`, which moves all that are left: a million callers would take minutes. */
  #takeWaiting(): (() => void)[] {
    const taken = this.#waiting.slice(this.#head, this.#head + this.#perTurn)
    this.#head += taken.length
    if (this.#head > this.#waiting.length / 2) {
      this.#waiting = this.#waiting.slice(this.#head)
      this.#head = 0
    }
    return taken
  }
}
