import { createHash } from 'node:crypto'
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ObjectId } from 'mongodb'
import { metadataOf } from '../blob.ts'
import { type BlobInfo, BlobStoreError, type NewBlob } from '../blob-store.ts'
import type { BlobStaging } from '../staged-blob-writer.ts'
import { contentFile, infoFile, removeBlob, toInfoText } from './disk-blob.ts'
import { type DiskFolder, fileMode, folderMode, hasCode, syncFolder, writeDurable } from './disk-folder.ts'

/** Writes a blob into a folder of its own below `unfinished`; renaming that folder makes the blob visible. The files'
 *  modification times are the heartbeats that a sweep reads. */
export class DiskStaging implements BlobStaging {
  /** The id has the form of a MongoDB ObjectId: unique on all machines, and increasing within a process. */
  readonly id = new ObjectId().toHexString()

  readonly #blob: NewBlob
  readonly #folder: DiskFolder
  readonly #path: string
  #content: FileHandle | undefined
  readonly #hash = createHash('sha256')
  #sizeBytes = 0

  constructor(blob: NewBlob, folder: DiskFolder) {
    this.#blob = blob
    this.#folder = folder
    this.#path = join(folder.unfinished, this.id)
  }

  async begin(): Promise<void> {
    await this.#folder.run(async () => {
      await mkdir(this.#path, { mode: folderMode })
      this.#content = await open(join(this.#path, contentFile), 'wx', fileMode)
    })
  }

  async append(piece: Buffer): Promise<void> {
    this.#sizeBytes += piece.length
    const written = this.#folder.run(async () => this.#content?.writeFile(piece))
    this.#hash.update(piece)
    await written
  }

  async commit(): Promise<BlobInfo> {
    const { fileName, contentType } = this.#blob
    const info: BlobInfo = {
      id: this.id,
      fileName,
      contentType,
      sizeBytes: this.#sizeBytes,
      storedAt: new Date(),
      metadata: metadataOf(this.#blob, this.id),
      sha256: this.#hash.digest('hex'),
    }
    await this.#folder.run(async () => {
      await this.#content?.sync()
      await this.#closeContent()
      try {
        await writeDurable(join(this.#path, infoFile), toInfoText(info))
        await syncFolder(this.#path)
        await rename(this.#path, join(this.#folder.blobs, this.id))
      } catch (error) {
        throw hasCode(error, 'ENOENT') ? this.#lost() : error
      }
      await syncFolder(this.#folder.blobs)
    })
    return info
  }

  async remove(): Promise<void> {
    await this.#closeContent()
    // Check the folder first: if it is away, `rm` would succeed without removing anything.
    await this.#folder.check()
    await this.#folder.run(() => rm(this.#path, { recursive: true, force: true }))
    await this.#folder.find(() => removeBlob(this.#folder, this.id))
  }

  async #closeContent(): Promise<void> {
    const content = this.#content
    this.#content = undefined
    await content?.close()
  }

  #lost(): BlobStoreError {
    return new BlobStoreError(
      'ERR_STORE_UNAVAILABLE',
      `Blob ${this.id} is gone: a sweep took it for abandoned, or the folder ${this.#folder.path} is away. Write it again.`,
    )
  }
}
