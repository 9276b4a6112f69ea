import { isEnded, type Job } from '../jobs/job.ts'
import { jobIdOfUpload, type Upload } from '../uploads/upload-record.ts'

/** A file in the list of the start page: on its way up, or a job. */
export interface FileEntry {
  /** Stays the same when an upload becomes a job. */
  key: string
  at: number
  upload?: Upload
  job?: Job
}

/** Most jobs that the start page lists; the history has all. */
const maxListed = 20

/** Uploads and the newest jobs as one list, newest first. Jobs that have not ended are all there.
 *  @param uploadOfJob - which upload of this window a job came out of */
export function listFiles(
  uploads: Iterable<Upload>,
  jobs: Iterable<Job>,
  uploadOfJob: ReadonlyMap<string, string>,
): FileEntry[] {
  const known = new Map([...jobs].map(job => [job.id, job]))
  const sending = [...uploads].filter(({ record }) => !known.has(jobIdOfUpload(record) ?? ''))
  const entries = [
    ...sending.map(upload => ({ key: upload.record.id, at: upload.record.addedAt, upload })),
    ...[...known.values()].map(job => ({
      key: uploadOfJob.get(job.id) ?? job.id,
      at: Date.parse(job.createdAt),
      job,
    })),
  ].toSorted((one, other) => other.at - one.at)
  return entries.filter((entry, at) => at < maxListed || 'upload' in entry || !isEnded(entry.job.state))
}

/** How far a list is, for its heading and the title of the window. */
export interface Totals {
  running: number
  done: number
  all: number
  /** Of those that run, 0 to 100. */
  percent: number
}

/** @param sessionKeys - entries that have run since the page was opened: what ended before is no part of it */
export function totalsOf(
  entries: readonly FileEntry[],
  sessionKeys: ReadonlySet<string>,
  percentOf: (entry: FileEntry) => number,
): Totals {
  const counted = entries.filter(({ key, job, upload }) =>
    job ? sessionKeys.has(key) : upload?.status !== 'refused',
  )
  const running = counted.filter(entry => isRunning(entry))
  const sum = counted.reduce((total, entry) => total + (isRunning(entry) ? percentOf(entry) : 100), 0)
  return {
    running: running.length,
    done: counted.length - running.length,
    all: counted.length,
    percent: counted.length === 0 ? 0 : sum / counted.length,
  }
}

export function isRunning({ job, upload }: FileEntry): boolean {
  return job ? !isEnded(job.state) : upload !== undefined && upload.status !== 'refused'
}
