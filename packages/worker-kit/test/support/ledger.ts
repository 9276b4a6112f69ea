import type { Queue } from 'bullmq'

/** Keeps account of every job: added, confirmed, run, run twice, lost. */
export class Ledger {
  readonly runs = new Map<string, number>()
  readonly #confirmed = new Set<string>()
  #added = 0
  #watchers: { reached: () => boolean; resolve: () => void }[] = []

  /** Adds jobs of one name, with their number as data; gives their ids. */
  async add(queue: Queue, name: string, count: number): Promise<string[]> {
    this.#added += count
    const jobs = await queue.addBulk(Array.from({ length: count }, (_, n) => ({ name, data: { n } })))
    const ids = jobs.map(({ id }) => String(id))
    for (const id of ids) this.#confirmed.add(id)
    return ids
  }

  /** Jobs that were added by other means. */
  expect(ids: string[]): void {
    this.#added += ids.length
    for (const id of ids) this.#confirmed.add(id)
  }

  /** A run has started. */
  note(jobId: string | undefined): void {
    const id = String(jobId)
    this.runs.set(id, (this.runs.get(id) ?? 0) + 1)
    this.#watchers = this.#watchers.filter(({ reached, resolve }) => {
      if (!reached()) return true
      resolve()
      return false
    })
  }

  /** Resolves when that many different jobs have run. */
  untilRan(count: number): Promise<void> {
    return this.#until(() => this.runs.size >= count)
  }

  /** Resolves when that job has run. */
  untilJobRan(id: string): Promise<void> {
    return this.#until(() => this.runs.has(id))
  }

  /** Resolves when that many runs have started, of whatever jobs. */
  untilRuns(count: number): Promise<void> {
    return this.#until(() => this.runCount >= count)
  }

  get confirmedCount(): number {
    return this.#confirmed.size
  }

  get runCount(): number {
    return [...this.runs.values()].reduce((sum, runs) => sum + runs, 0)
  }

  get ranTwice(): string[] {
    return [...this.runs].filter(([, runs]) => runs > 1).map(([id]) => id)
  }

  /** Jobs that were confirmed and have not run. */
  get lost(): string[] {
    return [...this.#confirmed].filter(id => !this.runs.has(id))
  }

  toString(): string {
    const { runs, ranTwice, lost } = this
    return `added ${this.#added}, confirmed ${this.#confirmed.size}, run ${runs.size}, run twice ${ranTwice.length}, lost ${lost.length}`
  }

  #until(reached: () => boolean): Promise<void> {
    if (reached()) return Promise.resolve()
    return new Promise(resolve => this.#watchers.push({ reached, resolve }))
  }
}
