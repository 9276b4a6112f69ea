/** Queues that this process has added to. When one of them has no clock any more, Redis was flushed: only then must
 *  its ids not begin at 1 again (R7). A queue that this process never added to may as well be new. */
export class KnownClocks {
  readonly #keys = new Set<string>()

  /** Argument of the scripts that add: "1" when the queue had a clock. */
  note(clockKey: string): '1' | '0' {
    const wasKnown = this.#keys.has(clockKey)
    this.#keys.add(clockKey)
    return wasKnown ? '1' : '0'
  }

  /** The queue was destroyed on purpose. */
  forget(clockKey: string): void {
    this.#keys.delete(clockKey)
  }
}
