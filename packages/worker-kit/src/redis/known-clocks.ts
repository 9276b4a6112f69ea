/** Names the queues to which this process has added jobs. If such a queue has no clock (the hash with its last stamp), Redis was
 *  flushed, and ids must not begin at 1 again (R7). A queue to which this process never added may be new. */
export class KnownClocks {
  readonly #keys = new Set<string>()

  /** Notes that a job is being added. Gives the argument of the commands that add: "1" when the queue had a clock. */
  note(clockKey: string): '1' | '0' {
    const wasKnown = this.#keys.has(clockKey)
    this.#keys.add(clockKey)
    return wasKnown ? '1' : '0'
  }

  /** Forgets a queue that was destroyed on purpose. */
  forget(clockKey: string): void {
    this.#keys.delete(clockKey)
  }
}
