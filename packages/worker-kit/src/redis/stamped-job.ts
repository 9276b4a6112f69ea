import { type JobJson, raw2NextJobData } from 'bullmq'

/** A job in wait or prioritized, with the stamp that its message must carry. */
export interface EligibleJob {
  readonly id: string
  readonly stamp: string
  readonly job: JobJson
  /** Whether it is to be started before those whose messages are ahead of its own. */
  readonly isNext?: boolean
}

/** Reads what the scripts `stamp`, `pump` and `oldest` give: a list of { hash, id, stamp, "next" or nothing }. */
export function parseEligibleJobs(reply: unknown): EligibleJob[] {
  return (reply as [hash: string[], id: string, stamp: string, next?: string][]).map(
    ([hash, id, stamp, next]) => ({
      id,
      stamp,
      job: parseJobHash(hash, id),
      isNext: next === 'next',
    }),
  )
}

/** Decodes a job's hash as HGETALL gives it to a script. */
export function parseJobHash(hash: string[], id: string): JobJson {
  return raw2NextJobData([hash, id, 0, 0])[0] as JobJson
}
