/** Counts by key. A key whose count is 0 takes no memory. */
export class Counts {
  readonly #counts = new Map<string, number>()

  of(key: string): number {
    return this.#counts.get(key) ?? 0
  }

  increase(key: string): void {
    this.#counts.set(key, this.of(key) + 1)
  }

  decrease(key: string): void {
    const left = this.of(key) - 1
    if (left > 0) this.#counts.set(key, left)
    else this.#counts.delete(key)
  }
}
