import { AsyncLocalStorage } from 'node:async_hooks'

/** What became of one added job. */
export interface Added {
  readonly id: string
  /** Stamp of the message to publish; none when the job cannot start yet, or runs already. */
  readonly stamp: string | undefined
  readonly isDuplicate: boolean
}

/** Reads what an add gives: our script's `{ id, stamp, created }`, or just the id of a job that cannot start yet. */
export function parseAdded(reply: unknown): Added {
  if (!Array.isArray(reply)) return { id: String(reply), stamp: undefined, isDuplicate: false }
  const [id, stamp, created] = reply as [string, string, number]
  return { id, stamp: stamp === '' ? undefined : stamp, isDuplicate: created === 0 }
}

interface AddReport {
  isDuplicate: boolean
}

const reports = new AsyncLocalStorage<AddReport>()

/** Runs one `add` and says whether it was dropped as a duplicate, which BullMQ's `add` does not tell. */
export async function reportAdd<T>(add: () => Promise<T>): Promise<{ value: T; isDuplicate: boolean }> {
  const report: AddReport = { isDuplicate: false }
  const value = await reports.run(report, add)
  return { value, isDuplicate: report.isDuplicate }
}

export function noteDuplicate(): void {
  const report = reports.getStore()
  if (report) report.isDuplicate = true
}
