import { isEnded, type Job } from './job.ts'

export type Jobs = ReadonlyMap<string, Job>

/** A server-sent event of `GET /events`, read. */
export type JobEvent =
  | { kind: 'snapshot'; data: { jobs: Job[]; next?: string } }
  | { kind: 'state'; data: Pick<Job, 'id' | 'state' | 'error' | 'explanation' | 'result'> & { at: string } }
  | { kind: 'progress'; data: Pick<Job, 'id' | 'progress' | 'stage' | 'waitingForUs'> }
  | { kind: 'deleted'; data: { id: string } }

/** The jobs after an event. One that is not known yet stays unknown: it must be fetched.
 *  @param jobs - not changed */
export function applyEvent(jobs: Jobs, event: JobEvent): Jobs {
  if (event.kind === 'snapshot') return applySnapshot(jobs, event.data)
  const known = jobs.get(event.data.id)
  if (!known) return jobs
  const next = new Map(jobs)
  if (event.kind === 'deleted') next.delete(known.id)
  else if (event.kind === 'progress') next.set(known.id, withProgress(known, event.data))
  else next.set(known.id, withState(known, event.data))
  return next
}

/** A snapshot has all of the newest jobs: what is missing in their midst was deleted meanwhile. */
function applySnapshot(jobs: Jobs, { jobs: newest, next }: { jobs: Job[]; next?: string }): Jobs {
  const since = next === undefined ? '' : (newest.at(-1)?.createdAt ?? '')
  const listed = new Set(newest.map(({ id }) => id))
  const kept = [...jobs].filter(([id, { createdAt }]) => listed.has(id) || createdAt < since)
  return new Map([...kept, ...newest.map(job => [job.id, job] as const)])
}

function withProgress(
  job: Job,
  { progress, stage, waitingForUs }: Extract<JobEvent, { kind: 'progress' }>['data'],
): Job {
  // What is told late of an attempt does not undo the end of the job.
  return isEnded(job.state) ? job : { ...job, progress, stage, waitingForUs }
}

function withState(
  job: Job,
  { state, at, error, explanation, result }: Extract<JobEvent, { kind: 'state' }>['data'],
): Job {
  const next = { ...job, state, error, explanation, result: result ?? job.result, waitingForUs: undefined }
  if (state === 'active') return { ...next, startedAt: at }
  if (isEnded(state))
    return { ...next, stage: undefined, finishedAt: at, progress: state === 'completed' ? 100 : job.progress }
  return { ...next, stage: undefined }
}
