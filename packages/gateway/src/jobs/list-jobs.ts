import type { BlobInfo } from '@jackalope/blob-store'
import type { JobList } from '@jackalope/contracts'
import type { jobs } from '@jackalope/contracts/api'
import type { EndpointHandler } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import { type JobDeps, readJob } from './find-own-job.ts'

/** `GET /jobs?limit=&before=`: the user's own jobs, newest first. When there are more, `next` is the address of the
 *  next page; `before` in it is opaque. */
export function listJobs({ videos, conversions }: JobDeps): EndpointHandler<typeof jobs.listJobs, UserState> {
  return async (ctx, { query: { limit, before } }) => {
    const olderThan = before === undefined ? undefined : readCursor(before)
    const metadata = { ownerId: ctx.state.userId }
    const page: BlobInfo[] = []
    // One job more than asked for shows whether there is another page.
    for await (const video of videos.list({ metadata, olderThan, limit: limit + 1 })) page.push(video)
    const shown = page.slice(0, limit)
    const last = shown.at(-1)
    const jobs = await Promise.all(shown.map(video => readJob(video, conversions)))
    const next = last && page.length > limit ? `/jobs?limit=${limit}&before=${writeCursor(last)}` : undefined
    if (next) ctx.set('Link', `<${next}>; rel="next"`)
    ctx.set('Cache-Control', 'no-store')
    ctx.body = { jobs, next } satisfies JobList
  }
}

type Cursor = Pick<BlobInfo, 'storedAt' | 'id'>

function writeCursor({ storedAt, id }: Cursor): string {
  return `${storedAt.getTime()}-${id}`
}

function readCursor(text: string): Cursor {
  const [storedAtMs, id] = text.split('-')
  return { storedAt: new Date(Number(storedAtMs)), id: id as string }
}
