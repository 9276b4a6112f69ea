/** What became of the jobs of one trial. */
export interface LedgerReport {
  /** Jobs that were added. */
  expected: number
  /** Different jobs that ran. */
  ran: number
  /** Runs beyond the first of a job. */
  doubles: number
  /** Runs of jobs that were never added. */
  strangers: number
}

/** Counts the runs of every job, so that nothing wins by losing jobs. */
export class Ledger {
  readonly #runs: Uint8Array
  #strangers = 0

  /** @param expected - jobs have the numbers from 0 to below this */
  constructor(expected: number) {
    this.#runs = new Uint8Array(expected)
  }

  note(seq: number): void {
    const runs = this.#runs[seq]
    if (runs === undefined) this.#strangers += 1
    else this.#runs[seq] = Math.min(runs + 1, 255)
  }

  /** Runs of each job, by its number. */
  runs(): Uint8Array {
    return this.#runs
  }

  get strangers(): number {
    return this.#strangers
  }
}

/** Puts the ledgers of several workers together. */
export function reportLedgers(ledgers: { runs: Uint8Array; strangers: number }[]): LedgerReport {
  const expected = ledgers[0]?.runs.length ?? 0
  const report: LedgerReport = { expected, ran: 0, doubles: 0, strangers: 0 }
  for (let seq = 0; seq < expected; seq += 1) {
    const runs = ledgers.reduce((sum, ledger) => sum + (ledger.runs[seq] ?? 0), 0)
    if (runs > 0) report.ran += 1
    if (runs > 1) report.doubles += runs - 1
  }
  for (const { strangers } of ledgers) report.strangers += strangers
  return report
}

/** Whether every job ran exactly once. */
export function isClean({ expected, ran, doubles, strangers }: LedgerReport): boolean {
  return ran === expected && doubles === 0 && strangers === 0
}
