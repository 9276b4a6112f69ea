import type { BlobFilter, BlobInfo } from '@jackalope/blob-store'
import { type JobList, type JobView, resultField } from '@jackalope/contracts'
import type { jobs } from '@jackalope/contracts/api'
import type { EndpointInput } from '@jackalope/service-kit/endpoint'
import type { AppDeps } from '../app-deps.ts'
import { expiredField } from './expiry.ts'
import { type JobDeps, readJobs } from './find-own-job.ts'

export type PageDeps = JobDeps & Pick<AppDeps, 'publicUrl'>
export type PageQuery = EndpointInput<typeof jobs.listJobs>['query']

/** Jobs whose states one page looks at. The states are in Redis, so a filter by state goes through the jobs. */
const maxLookedAt = 1_000

/** A page of a user's jobs that fit a query, newest first. */
export async function findPage(ownerId: string, query: PageQuery, deps: PageDeps): Promise<JobList> {
  const { limit, state } = query
  const filter = toFilter(ownerId, query)
  const found: JobView[] = []
  let position = query.before === undefined ? undefined : readCursor(query.before)
  let lookedAt = 0
  for (;;) {
    // One job more than asked for shows whether there is another page.
    const isTold = state === undefined || state === 'completed' || state === 'expired'
    const wanted = isTold ? limit + 1 : Math.max(limit + 1, 200)
    const videos = await Array.fromAsync(deps.videos.list({ ...filter, olderThan: position, limit: wanted }))
    const isEnd = videos.length < wanted
    const looked = isEnd ? videos : videos.slice(0, -1)
    const views = await readJobs(looked, deps.conversions)
    for (const [index, view] of views.entries()) {
      if (state !== undefined && view.state !== state) continue
      found.push(view)
      if (found.length < limit) continue
      const isLast = isEnd && index === looked.length - 1
      return toList(found, isLast ? undefined : looked[index], query, deps)
    }
    lookedAt += looked.length
    position = looked.at(-1) ?? position
    if (isEnd) return toList(found, undefined, query, deps)
    if (lookedAt >= maxLookedAt) return toList(found, position, query, deps)
  }
}

/** Most words of a search that are looked for. */
const maxWords = 10

type Cursor = Pick<BlobInfo, 'storedAt' | 'id'>

function toFilter(ownerId: string, { state, fileName, search, since, until }: PageQuery): BlobFilter {
  return {
    metadata: { ownerId },
    // The converter writes the result before it completes the job.
    ...fieldsOf(state),
    fileNameContains: [...(fileName === undefined ? [] : [fileName]), ...wordsOf(search)],
    storedSince: since,
    storedBefore: until,
  }
}

/** Words with white space between them; a few suffice to find a file. */
function wordsOf(search = ''): string[] {
  return search.split(/\s+/u).filter(Boolean).slice(0, maxWords)
}

/** Fields of the metadata that tell a state. The converter writes the result before it completes the job. */
function fieldsOf(state: PageQuery['state']): Pick<BlobFilter, 'has' | 'lacks'> {
  if (state === undefined) return {}
  if (state === 'completed') return { has: [resultField], lacks: [expiredField] }
  if (state === 'expired') return { has: [expiredField] }
  return { lacks: [resultField] }
}

function toList(
  found: JobView[],
  last: Cursor | undefined,
  query: PageQuery,
  { publicUrl }: PageDeps,
): JobList {
  return { jobs: found, next: last && publicUrl(`/jobs?${nextQuery(query, last)}`) }
}

function nextQuery(
  { limit, state, fileName, search, since, until }: PageQuery,
  last: Cursor,
): URLSearchParams {
  const all = {
    limit: String(limit),
    state,
    fileName,
    search,
    since: since?.toISOString(),
    until: until?.toISOString(),
    before: `${last.storedAt.getTime()}-${last.id}`,
  }
  const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return new URLSearchParams(given)
}

function readCursor(text: string): Cursor {
  const [storedAtMs, id] = text.split('-')
  return { storedAt: new Date(Number(storedAtMs)), id: id as string }
}
