import { type FileHandle, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { offsetConflict, tooLong } from '../blob-errors.ts'
import type { AppendOptions } from '../resumable-blobs.ts'
import { hashContent, saveHash } from './content-hash.ts'
import { contentFile } from './disk-blob.ts'
import { ifPresent, syncFolder, writeDurable } from './disk-folder.ts'
import type { DiskRecord } from './disk-record.ts'
import { WriterLease } from './writer-lease.ts'

/** Says how many bytes count while the rest is not verified. A killed process leaves it behind, and the next append cuts
 *  the content there. */
const floorFile = 'floor.json'

/** Bytes of a resumable blob that are stored and count. They are synced before they are told. */
export async function readOffset(path: string): Promise<number> {
  const content = await open(join(path, contentFile), 'r')
  try {
    await content.datasync()
    const { size } = await content.stat()
    return Math.min(size, await readFloor(path))
  } finally {
    await content.close()
  }
}

/** Appends a source to the content of an unfinished blob.
 *  @param run - runs file system calls, and translates their errors */
export async function appendToContent(
  source: AsyncIterable<Buffer>,
  {
    path,
    record,
    run,
  }: { path: string; record: DiskRecord; run: <T>(calls: () => Promise<T>) => Promise<T> },
  { offset, takeOver = false, verify }: AppendOptions,
): Promise<number> {
  const { id, totalBytes } = record
  const lease = new WriterLease(id, path)
  await run(() => lease.acquire(takeOver))
  let content: FileHandle | undefined
  try {
    content = await run(() => prepare(id, path, offset, verify !== undefined))
    const hash = await run(() => hashContent(path, offset))
    let position = offset
    const end = async () => {
      await content?.datasync()
      await lease.check()
      await removeFloor(path)
      if (position > offset) await saveHash(path, position, hash)
    }
    try {
      for await (const piece of source) {
        if (position + piece.length > totalBytes) throw tooLong(id, totalBytes)
        await run(() => writeAt(content as FileHandle, piece, position, lease))
        position += piece.length
        hash.update(piece)
      }
      verify?.()
    } catch (error) {
      if (verify)
        await run(() => lease.check().then(() => content?.truncate(offset)))
          .then(() => {
            position = offset
            return run(end)
          })
          .catch(() => {})
      else
        await run(async () => {
          await content?.datasync()
          await saveHash(path, position, hash)
        }).catch(() => {})
      throw error
    }
    await run(end)
    return position
  } finally {
    await content?.close()
    await run(() => lease.release()).catch(() => {})
  }
}

/** Opens the content, cut at the offset. */
async function prepare(id: string, path: string, offset: number, isVerified: boolean): Promise<FileHandle> {
  const expected = await readOffset(path)
  if (expected !== offset) throw offsetConflict(id, { expected, given: offset })
  const content = await open(join(path, contentFile), 'r+')
  try {
    await content.truncate(offset)
    await content.datasync()
    await removeFloor(path)
    if (isVerified) {
      await writeDurable(join(path, floorFile), JSON.stringify(offset))
      await syncFolder(path)
    }
    return content
  } catch (error) {
    await content.close()
    throw error
  }
}

async function writeAt(
  content: FileHandle,
  piece: Buffer,
  position: number,
  lease: WriterLease,
): Promise<void> {
  await lease.renew()
  for (let written = 0; written < piece.length; ) {
    const { bytesWritten } = await content.write(piece, written, piece.length - written, position + written)
    written += bytesWritten
  }
}

async function readFloor(path: string): Promise<number> {
  return Number((await ifPresent(readFile(join(path, floorFile), 'utf8'))) ?? Number.POSITIVE_INFINITY)
}

async function removeFloor(path: string): Promise<void> {
  await rm(join(path, floorFile), { force: true })
}
