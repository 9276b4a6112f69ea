/** The tokens under which a worker's jobs were started, kept until their runs have ended (R8). BullMQ's steps for progress,
 *  logs and data check no token; with the one from here a run that was taken over is told apart from the one that took over. */
export class Fence {
  readonly #tokens = new Map<string, string>()

  raise(jobId: string, token: string): void {
    this.#tokens.set(jobId, token)
  }

  tokenOf(jobId: string): string | undefined {
    return this.#tokens.get(jobId)
  }

  /** A run has ended; without effect when the same worker has started the job again since. */
  drop(jobId: string, token: string): void {
    if (this.#tokens.get(jobId) === token) this.#tokens.delete(jobId)
  }
}
