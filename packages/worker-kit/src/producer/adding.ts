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

/** What a transaction gives for one added job. Our script adds many, and so gives a list of one.
 *  @throws {Error} when Redis could not add it */
export function resultInTransaction(reply: unknown): unknown {
  if (!Array.isArray(reply)) return reply
  const [result] = reply
  if (typeof result === 'string') throw new Error(result)
  return result
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
