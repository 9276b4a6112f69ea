import { randomUUID } from 'node:crypto'
import { link, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isBlobId } from '../blob-id.ts'
import type { BlobInfo } from '../blob-store.ts'
import { type DiskFolder, hasCode, ifPresent, removeWhole, syncFolder, writeDurable } from './disk-folder.ts'

export const infoFile = 'info.json'
export const contentFile = 'content'

/** Holds the time at which the content was removed. */
export const removedFile = 'content-removed.json'

const claimFile = /^set-(\w+)\.json$/

export function toInfoText(info: BlobInfo): string {
  return JSON.stringify(info)
}

/** Reads what was known of a blob when it became visible. It never changes.
 *  @throws {SyntaxError} if the file is damaged */
export async function readInfo({ blobs }: DiskFolder, id: string): Promise<BlobInfo> {
  const info = JSON.parse(await readFile(join(blobs, id, infoFile), 'utf8'))
  return { ...info, storedAt: new Date(info.storedAt) }
}

/** What changed after a blob became visible. */
export interface LaterChanges {
  /** The metadata fields that were claimed. */
  claims: Record<string, unknown>
  contentRemovedAt?: Date
}

export async function readChanges({ blobs }: DiskFolder, id: string): Promise<LaterChanges> {
  const all = await readdir(join(blobs, id))
  const names = all.filter(name => claimFile.test(name))
  const claims = names.map(async name => [
    claimFile.exec(name)?.[1],
    JSON.parse(await readFile(join(blobs, id, name), 'utf8')),
  ])
  const removedAt = all.includes(removedFile)
    ? JSON.parse(await readFile(join(blobs, id, removedFile), 'utf8'))
    : undefined
  return {
    claims: Object.fromEntries(await Promise.all(claims)),
    ...(removedAt !== undefined && { contentRemovedAt: new Date(removedAt) }),
  }
}

/** Sets a field unless another process has set it; gives the value that the field has then. Making a link is atomic: it
 *  appears with all its content, or fails because the name exists. No lock is needed. */
export async function claim<T>(folder: DiskFolder, id: string, field: string, value: T): Promise<T> {
  return await writeOnce(folder, id, `set-${field}.json`, value)
}

async function writeOnce<T>(folder: DiskFolder, id: string, name: string, value: T): Promise<T> {
  const blob = join(folder.blobs, id)
  const target = join(blob, name)
  const temporary = join(folder.unfinished, `claim-${randomUUID()}`)
  try {
    await writeDurable(temporary, JSON.stringify(value))
    await link(temporary, target).catch(error => {
      if (!hasCode(error, 'EEXIST')) throw error
    })
  } finally {
    await rm(temporary, { force: true })
  }
  // Sync another process's file too: its value is returned here, and that process may not have synced it yet.
  await syncFolder(blob)
  return JSON.parse(await readFile(target, 'utf8'))
}

/** Removes the content of a blob that stays visible. The content is renamed away before the time is noted: after a crash
 *  between the two the removal is done again.
 *  @returns whether there was any
 *  @throws `ENOENT` if the blob is missing */
export async function removeContent(folder: DiskFolder, id: string): Promise<boolean> {
  const removed = join(folder.unfinished, `removed-${randomUUID()}`)
  const wasThere = await ifPresent(rename(join(folder.blobs, id, contentFile), removed).then(() => true))
  await writeOnce(folder, id, removedFile, new Date().toISOString())
  if (wasThere) await rm(removed, { force: true })
  return wasThere ?? false
}

/** Removes a visible blob.
 *  @throws `ENOENT` if it is missing */
export async function removeBlob(folder: DiskFolder, id: string): Promise<void> {
  await removeWhole(join(folder.blobs, id), folder)
}

/** Names of all visible blobs. */
export async function listIds({ blobs }: DiskFolder): Promise<string[]> {
  return (await readdir(blobs)).filter(isBlobId)
}
