import { randomUUID } from 'node:crypto'
import { readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { busy, notFound } from '../blob-errors.ts'
import { leaseMs, recordMs } from '../resumable-blobs.ts'
import { exists, fileMode, hasCode, ifPresent } from './disk-folder.ts'

/** The right to append to a resumable blob: a file with the holder's token, whose modification time says that the holder
 *  lives. Whoever replaces the file by a rename has taken over. */
export class WriterLease {
  readonly #id: string
  readonly #file: string
  readonly #token = randomUUID()
  #checkedAtMs = 0

  /** @param path - folder of the unfinished blob */
  constructor(id: string, path: string) {
    this.#id = id
    this.#file = join(path, 'writer')
  }

  /** @throws {BlobStoreError} `ERR_BLOB_BUSY` */
  async acquire(takeOver: boolean): Promise<void> {
    try {
      await writeFile(this.#file, this.#token, { flag: 'wx', mode: fileMode })
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error
      if (!takeOver && (await this.#isHeld())) throw busy(this.#id)
      const mine = `${this.#file}-${this.#token}`
      await writeFile(mine, this.#token, { flag: 'wx', mode: fileMode })
      await rename(mine, this.#file)
    }
    // Of two that took over at once, the later rename counts.
    await this.check()
  }

  /** Renews the lease when it is time, in front of a write. A process that was frozen in the middle of one write, and
   *  overtaken, may still write those bytes: where they belong, and mostly the same ones.
   *  @throws {BlobStoreError} `ERR_BLOB_BUSY` when another process has taken over; `ERR_BLOB_NOT_FOUND` */
  async renew(): Promise<void> {
    if (performance.now() - this.#checkedAtMs < recordMs) return
    await this.check()
    const now = new Date()
    await utimes(this.#file, now, now)
  }

  async check(): Promise<void> {
    const holder = await this.#read()
    // Without a holder, another process has taken over and has ended, or the blob is gone.
    if (holder === undefined && !(await exists(dirname(this.#file)))) throw notFound(this.#id)
    if (holder !== this.#token) throw busy(this.#id)
    this.#checkedAtMs = performance.now()
  }

  async release(): Promise<void> {
    if ((await this.#read()) === this.#token) await rm(this.#file, { force: true })
  }

  async #isHeld(): Promise<boolean> {
    const { mtimeMs = 0 } = (await ifPresent(stat(this.#file))) ?? {}
    return mtimeMs > Date.now() - leaseMs
  }

  async #read(): Promise<string | undefined> {
    return await ifPresent(readFile(this.#file, 'utf8'))
  }
}
