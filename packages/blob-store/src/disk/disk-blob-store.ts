import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import type { Readable } from 'node:stream'
import pLimit from 'p-limit'
import { notFound, storeFull } from '../blob-errors.ts'
import { isBlobId } from '../blob-id.ts'
import type {
  BlobFilter,
  BlobInfo,
  BlobMetadata,
  BlobStore,
  BlobUsage,
  BlobWriter,
  ByteRange,
  NewBlob,
  StoreLogger,
} from '../blob-store.ts'
import { resolveRange } from '../byte-range.ts'
import { requireFieldName } from '../metadata-field.ts'
import type { ResumableBlobs } from '../resumable-blobs.ts'
import { type SaveOptions, saveStream } from '../save-blob.ts'
import { StagedBlobWriter, writeAll } from '../staged-blob-writer.ts'
import { createBlobTests, newestFirst } from './blob-tests.ts'
import { ClaimCache } from './claim-cache.ts'
import { copyBlob } from './copy-blob.ts'
import { claim, contentFile, listIds, readInfo, removeBlob, removeContent } from './disk-blob.ts'
import { DiskFolder, hasCode } from './disk-folder.ts'
import { DiskReader } from './disk-reader.ts'
import { readRecords } from './disk-record.ts'
import { DiskResumableBlobs } from './disk-resumable.ts'
import { DiskStaging } from './disk-staging.ts'
import { linkIn, linkOut } from './link-content.ts'
import { sweepUnfinished } from './sweep-unfinished.ts'

export interface DiskBlobStoreOptions {
  /** Absolute path of the store's folder, on a local disk. Created when it is first needed. */
  dir: string
  /** Receives warnings about failed clean-ups. @default none */
  logger?: StoreLogger
}

/** Opens a store of blobs in a folder. Several processes of one machine may use it at once. While the folder is missing,
 *  calls fail with `ERR_STORE_UNAVAILABLE`, and with `ERR_STORE_FULL` while its disk is full. A folder that disappears is
 *  not created again. */
export function createDiskBlobStore(options: DiskBlobStoreOptions): BlobStore {
  if (!isAbsolute(options.dir)) throw new TypeError(`dir: expected an absolute path, got "${options.dir}"`)
  return new DiskBlobStore(options)
}

/** Blobs that a list reads at the same time. */
const readAtOnce = 32

class DiskBlobStore implements BlobStore {
  readonly resumable: ResumableBlobs
  readonly #folder: DiskFolder
  readonly #logger: StoreLogger | undefined
  readonly #claims: ClaimCache
  /** Infos of the last list. They never change, so that the next list need not read them again. */
  #infos: readonly BlobInfo[] = []
  #known: ReadonlySet<string> = new Set()

  constructor({ dir, logger }: DiskBlobStoreOptions) {
    this.#folder = new DiskFolder(dir)
    this.resumable = new DiskResumableBlobs(this.#folder)
    this.#claims = new ClaimCache(this.#folder)
    this.#logger = logger
  }

  create(blob: NewBlob): BlobWriter {
    return new StagedBlobWriter({
      staging: new DiskStaging(blob, this.#folder),
      highWaterMark: 256 * 1024,
      onLeftBehind: (blobId, error) =>
        this.#logger?.warn(
          { err: error, blobId, folder: this.#folder.path },
          'left a half-written blob behind',
        ),
    })
  }

  async put(source: Readable, blob: NewBlob): Promise<BlobInfo> {
    return await writeAll(source, this.create(blob))
  }

  async open(id: string, range?: ByteRange): Promise<Readable> {
    const info = await this.stat(id)
    if (!info) throw notFound(id)
    const bytes = resolveRange(info, range)
    const path = join(this.#folder.blobs, id, contentFile)
    const file = await this.#folder.find(() => open(path))
    if (!file) throw notFound(id)
    const isWhole = bytes.start === 0 && bytes.end === info.sizeBytes - 1
    return new DiskReader({ id, path, file, sha256: isWhole ? info.sha256 : undefined }, bytes)
  }

  async saveAs(id: string, path: string, options: SaveOptions = {}): Promise<void> {
    options.signal?.throwIfAborted()
    if (!(await this.stat(id))) throw notFound(id)
    // The path is not the store's: an error about it is the caller's.
    const isLinked = await linkOut(this.#folder, id, path).catch(error => {
      if (!hasCode(error, 'ENOENT')) throw error
      return false
    })
    if (!isLinked) await saveStream(await this.open(id), path, options)
  }

  async putFile(path: string, blob: NewBlob, { signal }: SaveOptions = {}): Promise<BlobInfo> {
    signal?.throwIfAborted()
    const linked = await this.#folder.run(() => linkIn(this.#folder, path, blob))
    return linked ?? (await this.put(createReadStream(path, { signal }), blob))
  }

  async stat(id: string): Promise<BlobInfo | undefined> {
    const info = isBlobId(id) ? await this.#readInfo(id) : undefined
    return info && (await this.#withClaims(info))
  }

  async *list(filter: BlobFilter = {}): AsyncGenerator<BlobInfo> {
    const { mayFit, fits } = createBlobTests(filter, this.#claims)
    const candidates = (await this.#infosOf(filter.ids)).filter(mayFit)
    let left = filter.limit ?? Number.POSITIVE_INFINITY
    for (let next = 0; next < candidates.length && left > 0; ) {
      const part = candidates.slice(next, next + Math.min(readAtOnce, left))
      next += part.length
      for (const blob of await Promise.all(part.map(info => this.#withClaims(info)))) {
        if (!blob || !fits(blob)) continue
        left -= 1
        yield blob
      }
    }
  }

  async claimMetadata<T>(id: string, field: string, value: T): Promise<T> {
    requireFieldName(field)
    const blob = await this.stat(id)
    if (!blob) throw notFound(id)
    if (Object.hasOwn(blob.metadata, field)) return blob.metadata[field] as T
    const standing = await this.#folder.find(async () => ({
      value: await claim(this.#folder, id, field, value),
    }))
    if (!standing) throw notFound(id)
    return standing.value
  }

  async copy(id: string, blob: NewBlob): Promise<BlobInfo> {
    const original = await this.stat(id)
    const copy = original && (await this.#folder.find(() => copyBlob(this.#folder, original, blob)))
    if (!copy) throw notFound(id)
    return copy
  }

  async removeContent(id: string): Promise<boolean> {
    if (!isBlobId(id)) return false
    return (await this.#folder.find(() => removeContent(this.#folder, id))) ?? false
  }

  async usage(metadata: Record<string, string>): Promise<BlobUsage> {
    const usage = { blobs: 0, incomplete: 0, sizeBytes: 0 }
    for await (const { sizeBytes } of this.list({ metadata, hasContent: true })) add(usage, sizeBytes)
    const records = await this.#folder.run(() => readRecords(this.#folder))
    for (const record of records) {
      if (!Object.entries(metadata).every(([field, value]) => record.metadata[field] === value)) continue
      add(usage, record.totalBytes)
      usage.incomplete += 1
    }
    return usage
  }

  async usageBy(field: string): Promise<Map<string, BlobUsage>> {
    requireFieldName(field)
    const usages = new Map<string, BlobUsage>()
    const usageOf = (metadata: BlobMetadata) => {
      const value = String(metadata[field] ?? '')
      const usage = usages.get(value) ?? { blobs: 0, incomplete: 0, sizeBytes: 0 }
      usages.set(value, usage)
      return usage
    }
    for await (const { metadata, sizeBytes } of this.list({ hasContent: true }))
      add(usageOf(metadata), sizeBytes)
    for (const { metadata, totalBytes } of await this.#folder.run(() => readRecords(this.#folder))) {
      const usage = usageOf(metadata)
      add(usage, totalBytes)
      usage.incomplete += 1
    }
    return usages
  }

  async delete(id: string): Promise<boolean> {
    if (!isBlobId(id)) return false
    const removed = await this.#folder.find(async () => {
      await removeBlob(this.#folder, id)
      return true
    })
    return removed ?? false
  }

  async sweepUnfinished(lastSeenBefore: Date): Promise<number> {
    return await this.#folder.run(() => sweepUnfinished(this.#folder, lastSeenBefore))
  }

  /** All bytes of a blob are in its folder: what is left of one is unfinished. */
  async sweepStrays(): Promise<number> {
    return 0
  }

  async ensureRoom(sizeBytes: number): Promise<void> {
    if (sizeBytes > (await this.#folder.freeBytes())) throw storeFull(`The disk of ${this.#folder.path}`)
  }

  async freeBytes(): Promise<number> {
    return await this.#folder.freeBytes()
  }

  async ping(): Promise<void> {
    await this.#folder.check()
  }

  async close(): Promise<void> {
    this.#folder.close()
  }

  async #readInfo(id: string): Promise<BlobInfo | undefined> {
    try {
      return await this.#folder.find(() => readInfo(this.#folder, id))
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      // One damaged file must not hide the other blobs.
      this.#logger?.warn({ err: error, blobId: id, folder: this.#folder.path }, 'skipped a damaged blob')
      return undefined
    }
  }

  async #withClaims(info: BlobInfo): Promise<BlobInfo | undefined> {
    const changes = await this.#folder.find(() => this.#claims.read(info.id))
    if (!changes) return undefined
    const { claims, ...rest } = changes
    return { ...info, ...rest, metadata: { ...claims, ...info.metadata } }
  }

  async #infosOf(ids: readonly string[] | undefined): Promise<readonly BlobInfo[]> {
    if (!ids) return await this.#allInfos()
    const infos = await pLimit(readAtOnce).map([...new Set(ids)].filter(isBlobId), id => this.#readInfo(id))
    return infos.filter(info => info !== undefined).sort(newestFirst)
  }

  /** All blobs, newest first. Only those that are new since the last list are read. */
  async #allInfos(): Promise<readonly BlobInfo[]> {
    const ids = await this.#folder.run(() => listIds(this.#folder))
    const fresh = ids.filter(id => !this.#known.has(id))
    if (fresh.length === 0 && ids.length === this.#known.size) return this.#infos
    const listed = new Set(ids)
    const kept = this.#infos.filter(({ id }) => listed.has(id))
    const read = await pLimit(readAtOnce).map(fresh, id => this.#readInfo(id))
    this.#infos = [...kept, ...read.filter(info => info !== undefined)].sort(newestFirst)
    this.#known = new Set(this.#infos.map(({ id }) => id))
    this.#claims.keep(this.#known)
    return this.#infos
  }
}

function add(usage: BlobUsage, sizeBytes: number): void {
  usage.blobs += 1
  usage.sizeBytes += sizeBytes
}
