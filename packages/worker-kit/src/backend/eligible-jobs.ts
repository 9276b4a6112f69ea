import { type JobJson, raw2NextJobData } from 'bullmq'

/** A job in wait or prioritized, with the stamp that its message must carry. */
export interface EligibleJob {
  readonly id: string
  readonly stamp: string
  readonly job: JobJson
}

/** Reads what the scripts `stamp`, `pump` and `oldest` give: a list of { hash, id, stamp }. */
export function parseEligibleJobs(reply: unknown): EligibleJob[] {
  return (reply as [hash: string[], id: string, stamp: string][]).map(([hash, id, stamp]) => ({
    id,
    stamp,
    job: parseJobHash(hash, id),
  }))
}

/** Decodes a job's hash as HGETALL gives it to a script. */
export function parseJobHash(hash: string[], id: string): JobJson {
  return raw2NextJobData([hash, id, 0, 0])[0] as JobJson
}
