import { AsyncLocalStorage } from 'node:async_hooks'

interface AddReport {
  isDuplicate: boolean
}

const reports = new AsyncLocalStorage<AddReport>()

/** Runs one `add`, and tells whether it was dropped as a duplicate. BullMQ's `add` does not tell. */
export async function reportDuplicate<T>(add: () => Promise<T>): Promise<{ value: T; isDuplicate: boolean }> {
  const report: AddReport = { isDuplicate: false }
  const value = await reports.run(report, add)
  return { value, isDuplicate: report.isDuplicate }
}

/** The job that the running `add` wanted to add existed before. */
export function noteDuplicate(): void {
  const report = reports.getStore()
  if (report) report.isDuplicate = true
}
