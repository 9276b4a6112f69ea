/** Counts every run of every job, and tells when a number of jobs has run. */
export class Ledger {
  readonly runs = new Map<string, number>()
  #watchers: { count: number; resolve: () => void }[] = []

  note(jobId: string | undefined): void {
    const id = String(jobId)
    this.runs.set(id, (this.runs.get(id) ?? 0) + 1)
    this.#watchers = this.#watchers.filter(({ count, resolve }) => {
      if (this.runs.size < count) return true
      resolve()
      return false
    })
  }

  /** Resolves when that many different jobs have run. */
  async untilRan(count: number): Promise<void> {
    if (this.runs.size >= count) return
    await new Promise<void>(resolve => this.#watchers.push({ count, resolve }))
  }

  get ranTwice(): string[] {
    return [...this.runs].filter(([, runs]) => runs > 1).map(([id]) => id)
  }
}
