import { type JobJson, raw2NextJobData } from 'bullmq'

/** A job's id and one of its stamps. */
export interface JobStamp {
  readonly id: string
  readonly stamp: string
}

/** A job in wait or prioritized, with the stamp that its message must carry. */
export interface StampedJob extends JobStamp {
  readonly job: JobJson
  /** Whether a worker must start it before the jobs whose messages are ahead of its own. */
  readonly startsNext: boolean
}

/** Reads a list of { hash, id, stamp, "next" or nothing }, as commands that stamp or find jobs reply. Left out are jobs whose record is
 *  damaged: they must not keep others from being published. */
export function parseStampedJobs(reply: unknown): StampedJob[] {
  return (reply as StampedReply[]).flatMap(each => parseStampedJob(each) ?? [])
}

type StampedReply = [hash: string[], id: string, stamp: string, next?: string]

function parseStampedJob([hash, id, stamp, next]: StampedReply): StampedJob | undefined {
  try {
    return { id, stamp, job: parseJobHash(hash, id), startsNext: next === 'next' }
  } catch {
    return undefined
  }
}

/** Decodes the hash of a job, as HGETALL replies to a script. */
export function parseJobHash(hash: string[], id: string): JobJson {
  return raw2NextJobData([hash, id, 0, 0])[0] as JobJson
}
