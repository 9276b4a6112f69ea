/** The lock tokens of a worker's runs, from their start to their end (R8). BullMQ's updates of progress, logs and data check no
 *  token; by the token from here the late reports of a run that was taken over are refused. */
export class Fence {
  readonly #tokens = new Map<string, string>()

  raise(jobId: string, token: string): void {
    this.#tokens.set(jobId, token)
  }

  tokenOf(jobId: string): string | undefined {
    return this.#tokens.get(jobId)
  }

  /** A run has ended. Without effect when the same worker has started the job again since. */
  drop(jobId: string, token: string): void {
    if (this.#tokens.get(jobId) === token) this.#tokens.delete(jobId)
  }
}
