/** How long `check` trusts the last answer of the mail server, in milliseconds, before it probes again. */
const freshMs = 30_000

/** Remembers whether the mail server answered last time. Health checks come every few seconds; the mail server
 *  should not see a login for each. */
export class ServerState {
  readonly #probe: () => Promise<unknown>
  #answeredAt = Number.NEGATIVE_INFINITY
  #failure: unknown
  #probing: Promise<void> | undefined

  /** @param probe - connects, logs in and disconnects; rejects when that fails. */
  constructor(probe: () => Promise<unknown>) {
    this.#probe = probe
  }

  answered(): void {
    this.#answeredAt = performance.now()
    this.#failure = undefined
  }

  failed(failure: unknown): void {
    this.#answeredAt = performance.now()
    this.#failure = failure
  }

  /** Rejects while the mail server cannot be used. */
  async check(): Promise<void> {
    if (performance.now() - this.#answeredAt > freshMs) {
      this.#probing ??= this.#runProbe()
      await this.#probing
    }
    if (this.#failure !== undefined) throw this.#failure
  }

  async #runProbe(): Promise<void> {
    try {
      await this.#probe()
      this.answered()
    } catch (error) {
      this.failed(error)
    } finally {
      this.#probing = undefined
    }
  }
}
