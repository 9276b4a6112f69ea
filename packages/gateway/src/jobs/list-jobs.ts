import type { BlobInfo } from '@jackalope/blob-store'
import type { JobList } from '@jackalope/contracts'
import { HttpProblem } from '@jackalope/service-kit'
import type { RouterContext } from '@koa/router'
import type { UserState } from '../access/require-user.ts'
import { type JobDeps, readJob } from './find-own-job.ts'

const defaultLimit = 20
const maxLimit = 100

/** `GET /jobs?limit=&before=`: the user's own jobs, newest first. When there are more, `next` is the address of the
 *  next page; `before` in it is opaque. */
export function listJobs({ videos, conversions }: JobDeps) {
  return async (ctx: RouterContext<UserState>): Promise<void> => {
    const limit = readLimit(ctx.query.limit)
    const olderThan = readCursor(ctx.query.before)
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

function readLimit(text: string | string[] | undefined): number {
  if (text === undefined) return defaultLimit
  const limit = typeof text === 'string' && /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (limit >= 1 && limit <= maxLimit) return limit
  throw badQuery('limit', `an integer from 1 to ${maxLimit}`)
}

type Cursor = Pick<BlobInfo, 'storedAt' | 'id'>

function writeCursor({ storedAt, id }: Cursor): string {
  return `${storedAt.getTime()}-${id}`
}

function readCursor(text: string | string[] | undefined): Cursor | undefined {
  if (text === undefined) return undefined
  const match = typeof text === 'string' && /^(\d{1,15})-([0-9a-f]{24})$/.exec(text)
  if (!match) throw badQuery('before', 'the value that "next" of the previous page has')
  return { storedAt: new Date(Number(match[1])), id: match[2] as string }
}

function badQuery(name: string, expected: string): HttpProblem {
  return new HttpProblem(400, { code: 'invalid-query', detail: `Query "${name}": expected ${expected}.` })
}
