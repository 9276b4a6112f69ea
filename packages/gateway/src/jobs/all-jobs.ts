import type { BlobInfo } from '@jackalope/blob-store'
import type { JobView } from '@jackalope/contracts'
import type { AppDeps } from '../app-deps.ts'
import { type JobDeps, readJobs } from './find-own-job.ts'

export type AllJobsDeps = JobDeps & Pick<AppDeps, 'listTurns'>

/** Jobs that are read and held at a time. */
const pageSize = 100

/** All jobs of a user, newest first, page after page. A page is read when it is asked for.
 *  @throws {HttpProblem} 429 or 503 */
export async function* allJobs(ownerId: string, deps: AllJobsDeps): AsyncGenerator<JobView[], void> {
  let last: BlobInfo | undefined
  do {
    const filter = { metadata: { ownerId }, olderThan: last, limit: pageSize }
    const [videos, jobs] = await deps.listTurns.run(ownerId, async () => {
      const found = await Array.fromAsync(deps.videos.list(filter))
      return [found, await readJobs(found, deps.conversions)]
    })
    yield jobs
    last = videos.length < pageSize ? undefined : videos.at(-1)
  } while (last)
}
