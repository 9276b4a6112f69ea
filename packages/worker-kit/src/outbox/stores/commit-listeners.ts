/** Functions to be called when a connection or session has done its work, each once. */
export class CommitListeners {
  readonly #waiting = new WeakMap<object, Set<() => void>>()

  /** @returns whether the owner had no listener before */
  add(owner: object, listener: () => void): boolean {
    const listeners = this.#waiting.get(owner)
    if (listeners) listeners.add(listener)
    else this.#waiting.set(owner, new Set([listener]))
    return listeners === undefined
  }

  /** Calls the functions that wait for an owner. */
  call(owner: unknown): void {
    const listeners = this.#waiting.get(owner as object)
    if (!listeners) return
    this.#waiting.delete(owner as object)
    for (const listener of listeners) listener()
  }
}
