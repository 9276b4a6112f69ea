import { randomUUID } from 'node:crypto'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { contentFile } from './disk-blob.ts'
import { type DiskFolder, hasCode } from './disk-folder.ts'
import { readRecord } from './disk-record.ts'

/** Removes unfinished blobs whose last heartbeat is before that time; gives their number. */
export async function sweepUnfinished({ unfinished }: DiskFolder, lastSeenBefore: Date): Promise<number> {
  let removed = 0
  for (const entry of await readdir(unfinished, { withFileTypes: true })) {
    const path = join(unfinished, entry.name)
    if (!((await lastSeen(path)) < lastSeenBefore)) continue
    const aside = join(unfinished, `removed-${randomUUID()}`)
    // Rename first: a slow writer then finds its folder gone, and cannot make a half-removed blob visible.
    if (!(await moves(path, aside))) continue
    await rm(aside, { recursive: true, force: true })
    if (entry.isDirectory()) removed += 1
  }
  return removed
}

/** When something was last written there, or the expiry of a resumable blob; an invalid date, which is never before another, if it is gone. */
async function lastSeen(path: string): Promise<Date> {
  const record = await readRecord(path)
  if (record) return record.expiresAt
  for (const candidate of [join(path, contentFile), path]) {
    try {
      return (await stat(candidate)).mtime
    } catch (error) {
      if (!hasCode(error, 'ENOENT', 'ENOTDIR')) throw error
    }
  }
  return new Date(Number.NaN)
}

async function moves(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to)
    return true
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false
    throw error
  }
}
