import { computed, signal } from '@preact/signals'
import { ApiError, api, dataOf } from '../api/client.ts'
import { noteSignedOut } from '../api/note-signed-out.ts'
import { applyEvent, type JobEvent, type Jobs } from './apply-event.ts'
import { isEnded, type Job } from './job.ts'

/** The newest conversions of the user, by id. */
export const jobs = signal<Jobs>(new Map())

/** Whether the list has been received. */
export const areJobsKnown = signal(false)

/** Jobs that were deleted since the page was opened: other lists drop them, too. */
export const deletedJobs = signal<ReadonlySet<string>>(new Set())

export const openJobs = computed(() => [...jobs.value.values()].filter(({ state }) => !isEnded(state)))

function noteDeleted(id: string): void {
  deletedJobs.value = new Set(deletedJobs.value).add(id)
}

type Watcher = (job: Job, before: Job | undefined) => void
const watchers = new Set<Watcher>()

/** Calls back with each job that changes.
 *  @returns ends it */
export function watchChanges(watcher: Watcher): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

/** Takes what the service tells of a job. */
export function takeEvent(event: JobEvent): void {
  if (event.kind === 'snapshot') areJobsKnown.value = true
  else if (event.kind === 'deleted') noteDeleted(event.data.id)
  else if (!jobs.value.has(event.data.id)) void loadJob(event.data.id)
  setJobs(applyEvent(jobs.value, event))
}

/** Puts a job into the list, or in the place of what was known of it. */
export function putJob(job: Job): void {
  setJobs(new Map(jobs.value).set(job.id, job))
}

export function forgetJob(id: string): void {
  noteDeleted(id)
  const next = new Map(jobs.value)
  next.delete(id)
  setJobs(next)
}

/** Forgets all: another user is signed in, or nobody. */
export function forgetJobs(): void {
  areJobsKnown.value = false
  jobs.value = new Map()
}

function setJobs(next: Jobs): void {
  const before = jobs.value
  if (next === before) return
  jobs.value = next
  for (const [id, job] of next)
    if (before.get(id) !== job) for (const watcher of watchers) watcher(job, before.get(id))
}

const loading = new Map<string, Promise<boolean>>()

/** Fetches one job, such as one that was uploaded in another tab.
 *  @returns whether it is known now how it is; not if the service did not answer */
export function loadJob(id: string): Promise<boolean> {
  const known = loading.get(id)
  if (known) return known
  const load = fetchJob(id).finally(() => loading.delete(id))
  loading.set(id, load)
  return load
}

async function fetchJob(id: string): Promise<boolean> {
  try {
    putJob(await dataOf(api.GET('/jobs/{id}', { params: { path: { id } } })))
    return true
  } catch (error) {
    noteSignedOut(error)
    const isGone = error instanceof ApiError && error.status === 404
    if (isGone) forgetJob(id)
    return isGone
  }
}
