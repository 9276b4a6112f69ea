/** How old a look at the mail server may be, in milliseconds, before `check` takes another. */
const lookIsFreshMs = 30_000

/** Remembers whether the mail server answered the last time, so that health probes every few seconds do not become
 *  a login every few seconds. */
export class ServerState {
  readonly #look: () => Promise<unknown>
  #lastAt = Number.NEGATIVE_INFINITY
  #failure: unknown
  #looking: Promise<void> | undefined

  /** @param look - connects, logs in and disconnects; rejects when that fails. */
  constructor(look: () => Promise<unknown>) {
    this.#look = look
  }

  answered(): void {
    this.#lastAt = performance.now()
    this.#failure = undefined
  }

  failed(failure: unknown): void {
    this.#lastAt = performance.now()
    this.#failure = failure
  }

  /** Rejects while the mail server cannot be used. */
  async check(): Promise<void> {
    if (performance.now() - this.#lastAt > lookIsFreshMs) {
      this.#looking ??= this.#takeLook()
      await this.#looking
    }
    if (this.#failure !== undefined) throw this.#failure
  }

  async #takeLook(): Promise<void> {
    try {
      await this.#look()
      this.answered()
    } catch (error) {
      this.failed(error)
    } finally {
      this.#looking = undefined
    }
  }
}
