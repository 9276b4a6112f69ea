import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isBlobId } from '../blob-id.ts'
import type { ResumableBlob } from '../resumable-blobs.ts'
import { type DiskFolder, hasCode } from './disk-folder.ts'

/** What a resumable blob will be. It never changes; how far the blob is, its content says. */
export type DiskRecord = Omit<ResumableBlob, 'offset'>

export const recordFile = 'resumable.json'

/** Reads the record in the folder of an unfinished blob; `undefined` if there is none, or it is damaged. */
export async function readRecord(path: string): Promise<DiskRecord | undefined> {
  try {
    const record = JSON.parse(await readFile(join(path, recordFile), 'utf8'))
    return { ...record, createdAt: new Date(record.createdAt), expiresAt: new Date(record.expiresAt) }
  } catch (error) {
    if (error instanceof SyntaxError || hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined
    throw error
  }
}

/** The records of all resumable blobs. */
export async function readRecords({ unfinished }: DiskFolder): Promise<DiskRecord[]> {
  const ids = (await readdir(unfinished)).filter(isBlobId)
  const records = await Promise.all(ids.map(id => readRecord(join(unfinished, id))))
  return records.filter(record => record !== undefined)
}
