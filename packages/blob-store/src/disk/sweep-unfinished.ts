import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { contentFile } from './disk-blob.ts'
import { type DiskFolder, ifPresent, removeWhole } from './disk-folder.ts'
import { readRecord } from './disk-record.ts'

/** Removes unfinished blobs whose last heartbeat is before that time; gives their number. */
export async function sweepUnfinished(folder: DiskFolder, lastSeenBefore: Date): Promise<number> {
  let removed = 0
  for (const entry of await readdir(folder.unfinished, { withFileTypes: true })) {
    const path = join(folder.unfinished, entry.name)
    const seenAt = await lastSeen(path)
    if (!(seenAt && seenAt < lastSeenBefore)) continue
    const isRemoved = await ifPresent(removeWhole(path, folder).then(() => true))
    if (isRemoved && entry.isDirectory()) removed += 1
  }
  return removed
}

/** When something was last written there, or the expiry of a resumable blob; `undefined` if it is gone. */
async function lastSeen(path: string): Promise<Date | undefined> {
  const record = await readRecord(path)
  if (record) return record.expiresAt
  const seen = (await ifPresent(stat(join(path, contentFile)))) ?? (await ifPresent(stat(path)))
  return seen?.mtime
}
