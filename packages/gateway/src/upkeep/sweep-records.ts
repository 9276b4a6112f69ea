import { videoIdOfJob } from '@jackalope/contracts'
import { byId } from './pages-of.ts'
import type { UpkeepDeps, UpkeepRun } from './upkeep-deps.ts'

/** Records that are read at a time. */
const pageSize = 200

const states = ['completed', 'failed', 'waiting', 'delayed', 'prioritized'] as const

/** Removes Redis' records of jobs whose video is gone: an older copy of Redis has brought them back, or the upload was
 *  refused after the job had been recorded. */
export async function sweepRecords(
  { videos, conversions, getQueue }: UpkeepDeps,
  { report: { orphans }, signal }: UpkeepRun,
): Promise<void> {
  const queue = getQueue()
  if (!queue) return
  for (const state of states)
    for (let start = 0; ; ) {
      signal.throwIfAborted()
      const ids = await queue.bull.getRanges([state], start, start + pageSize - 1)
      if (ids.length === 0) break
      const videoIds = ids.map(id => videoIdOfJob(id) ?? '').filter(id => id !== '')
      const there = await byId(videos, videoIds)
      let removed = 0
      for (const id of videoIds) {
        if (there.has(id) || !(await conversions.remove(id))) continue
        removed += 1
      }
      orphans.records += removed
      // What was removed is no longer in front of the next page.
      start += ids.length - removed
    }
}
