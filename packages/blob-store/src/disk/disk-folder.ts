import { randomUUID } from 'node:crypto'
import { access, constants, mkdir, open, rename, rm, stat, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { storeFull } from '../blob-errors.ts'
import { BlobStoreError } from '../blob-store.ts'

/** Access for the owner and, if the umask allows it, the group. */
export const folderMode = 0o770
export const fileMode = 0o660

/** The folder of a store. Its content:
 *
 *      blobs/ID/content, info.json    a visible blob; neither file ever changes
 *      blobs/ID/set-FIELD.json        a metadata field that was claimed later
 *      blobs/ID/content-removed.json  when the content was removed; the blob is still listed
 *      unfinished/...                 blobs that are being written or removed
 *      unfinished/ID/resumable.json   what a resumable blob will be; writer, floor.json: see disk-append.ts
 *      unfinished/ID/hash.json        SHA-256 of its first bytes: see content-hash.ts
 *
 *  One rename of its folder from `unfinished` to `blobs` makes a blob visible; the reverse removes it. */
export class DiskFolder {
  readonly path: string
  readonly blobs: string
  readonly unfinished: string
  #isClosed = false
  #prepared: Promise<void> | undefined

  constructor(path: string) {
    this.path = path
    this.blobs = join(path, 'blobs')
    this.unfinished = join(path, 'unfinished')
  }

  /** Creates the folders if needed, and runs file system calls.
   *  @throws {BlobStoreError} `ERR_STORE_FULL`; `ERR_STORE_UNAVAILABLE` for any other file system error */
  async run<T>(calls: () => Promise<T>): Promise<T> {
    if (this.#isClosed) throw new BlobStoreError('ERR_STORE_UNAVAILABLE', 'The store of blobs was closed.')
    try {
      this.#prepared ??= this.#prepare()
      await this.#prepared
      return await calls()
    } catch (error) {
      throw this.#translate(error)
    }
  }

  /** Runs file system calls; gives `undefined` if a file or folder is missing although the store is there.
   *  @throws {BlobStoreError} `ERR_STORE_UNAVAILABLE` */
  async find<T>(calls: () => Promise<T>): Promise<T | undefined> {
    return await this.run(async () => {
      try {
        return await calls()
      } catch (error) {
        if (!hasCode(error, 'ENOENT')) throw error
        // If the disk is unmounted, the store is away and the blob is not lost.
        await Promise.all([stat(this.blobs), stat(this.unfinished)])
        return undefined
      }
    })
  }

  async check(): Promise<void> {
    await this.run(async () => {
      await access(this.blobs, constants.R_OK | constants.W_OK | constants.X_OK)
      await access(this.unfinished, constants.R_OK | constants.W_OK | constants.X_OK)
    })
  }

  /** Bytes that are free on the disk for this process. */
  async freeBytes(): Promise<number> {
    const { bavail, bsize } = await this.run(() => statfs(this.blobs))
    return bavail * bsize
  }

  close(): void {
    this.#isClosed = true
  }

  async #prepare(): Promise<void> {
    try {
      for (const folder of [this.blobs, this.unfinished])
        await mkdir(folder, { recursive: true, mode: folderMode })
      await syncFolder(this.path)
      await syncFolder(dirname(this.path))
    } catch (error) {
      this.#prepared = undefined // try again with the next call
      throw error
    }
  }

  #translate(error: unknown): unknown {
    const { code, message } = error as NodeJS.ErrnoException
    if (error instanceof BlobStoreError || typeof code !== 'string') return error
    if (hasCode(error, 'ENOSPC', 'EDQUOT')) return storeFull(`The disk of ${this.path}`, error)
    return new BlobStoreError('ERR_STORE_UNAVAILABLE', `The folder ${this.path} cannot be used: ${message}`, {
      cause: error,
    })
  }
}

/** Syncs a folder: what was created, renamed or removed in it survives a crash of the machine. */
export async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, constants.O_RDONLY)
  await handle.sync().finally(() => handle.close())
}

/** Writes and syncs a new file. It survives a crash of the machine once its folder is synced too. */
export async function writeDurable(path: string, text: string): Promise<void> {
  const handle = await open(path, 'wx', fileMode)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

export function hasCode(error: unknown, ...codes: string[]): boolean {
  return codes.includes((error as NodeJS.ErrnoException).code ?? '')
}

/** What a file system call gives, or `undefined` if its file or folder is missing. */
export async function ifPresent<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined
    throw error
  }
}

/** Whether a file or folder is there. */
export async function exists(path: string): Promise<boolean> {
  return (await ifPresent(stat(path))) !== undefined
}

/** Removes a file or folder. One rename takes it away first: nobody sees half of it, and a slow writer finds it gone.
 *  @throws `ENOENT` if it is missing */
export async function removeWhole(path: string, { unfinished }: DiskFolder): Promise<void> {
  const removed = join(unfinished, `removed-${randomUUID()}`)
  await rename(path, removed)
  await syncFolder(dirname(path))
  await rm(removed, { recursive: true, force: true })
}
