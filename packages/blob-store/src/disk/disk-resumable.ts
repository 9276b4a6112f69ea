import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ObjectId } from 'mongodb'
import { type BlobInfo, metadataOf } from '../blob.ts'
import { notFound, offsetConflict } from '../blob-errors.ts'
import { isBlobId } from '../blob-id.ts'
import type { AppendOptions, NewResumableBlob, ResumableBlob, ResumableBlobs } from '../resumable-blobs.ts'
import { hashContent, hashFile } from './content-hash.ts'
import { appendToContent, readOffset } from './disk-append.ts'
import { contentFile, infoFile, readInfo, toInfoText } from './disk-blob.ts'
import {
  type DiskFolder,
  exists,
  fileMode,
  folderMode,
  removeWhole,
  syncFolder,
  writeDurable,
} from './disk-folder.ts'
import { type DiskRecord, readRecord, recordFile } from './disk-record.ts'

/** Resumable blobs in a folder: the folder below `unfinished` that every blob is written to, with a record of what the
 *  blob will be. The offset is the size of the content. */
export class DiskResumableBlobs implements ResumableBlobs {
  readonly #folder: DiskFolder

  constructor(folder: DiskFolder) {
    this.#folder = folder
  }

  async begin(blob: NewResumableBlob): Promise<ResumableBlob> {
    const id = new ObjectId().toHexString()
    const { fileName, contentType, totalBytes, expiresAt, notes = {} } = blob
    const record: DiskRecord = {
      id,
      fileName,
      contentType,
      metadata: metadataOf(blob, id),
      totalBytes,
      createdAt: new Date(),
      expiresAt,
      notes,
    }
    const path = this.#path(id)
    await this.#folder.run(async () => {
      await mkdir(path, { mode: folderMode })
      await writeFile(join(path, contentFile), '', { flag: 'wx', mode: fileMode })
      await writeDurable(join(path, recordFile), JSON.stringify(record))
      await syncFolder(path)
      await syncFolder(this.#folder.unfinished)
    })
    return { ...record, offset: 0 }
  }

  async find(id: string): Promise<ResumableBlob | undefined> {
    if (!isBlobId(id)) return undefined
    return await this.#folder.find(async () => {
      const record = await readRecord(this.#path(id))
      return record && { ...record, offset: await readOffset(this.#path(id)) }
    })
  }

  async append(id: string, source: AsyncIterable<Buffer>, options: AppendOptions): Promise<number> {
    const record = isBlobId(id) ? await this.#folder.find(() => readRecord(this.#path(id))) : undefined
    if (!record) throw notFound(id)
    const run = async <T>(calls: () => Promise<T>): Promise<T> => {
      const result = await this.#folder.find(async () => ({ value: await calls() }))
      if (!result) throw notFound(id)
      return result.value
    }
    return await appendToContent(source, { path: this.#path(id), record, run }, options)
  }

  async complete(id: string): Promise<BlobInfo> {
    const blob = await this.find(id)
    if (!blob) return await this.#findComplete(id)
    if (blob.offset !== blob.totalBytes)
      throw offsetConflict(id, { expected: blob.totalBytes, given: blob.offset })
    const { fileName, contentType, metadata, totalBytes: sizeBytes } = blob
    const info = await this.#folder.find(async () => {
      const sha256 = (await hashContent(this.#path(id), sizeBytes)).digest()
      const whole = { id, fileName, contentType, sizeBytes, sha256, storedAt: new Date(), metadata }
      await this.#moveToBlobs(whole)
      return whole
    })
    return info ?? (await this.#findComplete(id))
  }

  async discard(id: string): Promise<boolean> {
    if (!isBlobId(id)) return false
    const removed = await this.#folder.find(async () => {
      if (!(await exists(join(this.#path(id), recordFile)))) return false
      await removeWhole(this.#path(id), this.#folder)
      return true
    })
    return removed ?? false
  }

  #path(id: string): string {
    return join(this.#folder.unfinished, id)
  }

  async #findComplete(id: string): Promise<BlobInfo> {
    const info = isBlobId(id) ? await this.#folder.find(() => readInfo(this.#folder, id)) : undefined
    if (!info) throw notFound(id)
    return info
  }

  /** @throws `ENOENT` when another process has moved it */
  async #moveToBlobs(info: BlobInfo): Promise<void> {
    const path = this.#path(info.id)
    const visible = join(this.#folder.blobs, info.id)
    const temporary = join(path, `${infoFile}-${randomUUID()}`)
    await writeDurable(temporary, toInfoText(info))
    await rename(temporary, join(path, infoFile))
    await syncFolder(path)
    await rename(path, visible)
    await syncFolder(this.#folder.blobs)
    // The record has served its purpose; a crash that leaves it does no harm.
    await rm(join(visible, recordFile), { force: true })
    await rm(join(visible, hashFile), { force: true })
  }
}
