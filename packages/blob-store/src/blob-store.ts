import type { Readable, Writable } from 'node:stream'
import type { BlobInfo, ByteRange, NewBlob } from './blob.ts'
import type { ResumableBlobs } from './resumable-blobs.ts'
import type { SaveOptions } from './save-blob.ts'

export type { BlobInfo, BlobMetadata, ByteRange, NewBlob } from './blob.ts'

/** A blob that is being written. It becomes visible as a whole when the stream has finished. */
export interface BlobWriter extends Writable {
  readonly id: string
  /** Bytes accepted so far. */
  readonly sizeBytes: number
  /** The blob once it is visible; set before the event `finish`. */
  readonly stored: BlobInfo | undefined
  /** Stops writing and resolves when everything written has been removed. May be called more than once, at any time. It
   *  does nothing to a finished blob.
   *  @throws {BlobStoreError} `ERR_STORE_UNAVAILABLE`: parts may be left; `sweepUnfinished` removes them later */
  abort(): Promise<void>
}

export interface BlobFilter {
  /** Only these blobs; a text that is no blob id is passed over. */
  ids?: readonly string[]
  /** Only blobs whose metadata have these values. */
  metadata?: Record<string, string>
  /** Only blobs with these metadata fields, whatever their values. */
  has?: readonly string[]
  /** Only blobs without these metadata fields. */
  lacks?: readonly string[]
  /** Only blobs with these bytes. */
  sha256?: string
  /** Only blobs whose bytes are there, or were removed. @default both */
  hasContent?: boolean
  /** Only blobs whose file name contains each of these texts, in upper or lower case. */
  fileNameContains?: readonly string[]
  /** Only blobs that became visible at this time or later. */
  storedSince?: Date
  /** Only blobs that became visible before this time. */
  storedBefore?: Date
  /** Only blobs that are listed after this one, for the next page. The blob itself may be deleted meanwhile. */
  olderThan?: Pick<BlobInfo, 'storedAt' | 'id'>
  /** How many at most. @default no limit */
  limit?: number
}

/** What blobs take. */
export interface BlobUsage {
  /** Visible blobs whose content is there, and incomplete resumable ones. */
  blobs: number
  /** Incomplete resumable ones among them. */
  incomplete: number
  /** Bytes of them. An incomplete one counts with its whole size. */
  sizeBytes: number
}

/** A store of large immutable files with small metadata. Every method and every stream fails with
 *  `ERR_STORE_UNAVAILABLE` within 10 s when the store is away. */
export interface BlobStore {
  /** Blobs that are written in several appends. */
  readonly resumable: ResumableBlobs
  /** Starts a blob. Destroying the writer, or an error in it, removes what was written. */
  create(blob: NewBlob): BlobWriter
  /** Stores a whole stream. If the source fails, everything written is removed and the source's error is thrown. */
  put(source: Readable, blob: NewBlob): Promise<BlobInfo>
  /** Opens a blob, or a range of it, for reading. A range that ends beyond the blob is cut at its end. If the blob is
   *  deleted meanwhile, the stream fails with `ERR_BLOB_NOT_FOUND`, unless a copy keeps its bytes; it never ends early. Without a
   *  range the bytes are compared with the blob's SHA-256: before the last ones the stream fails with `ERR_BLOB_DAMAGED`.
   *  @throws {BlobStoreError} `ERR_BLOB_NOT_FOUND`, also when the content was removed; `ERR_RANGE_NOT_SATISFIABLE` when the range starts beyond the end */
  open(id: string, range?: ByteRange): Promise<Readable>
  /** Puts the bytes of a blob into a new file, which must not be changed. Where the store is a folder on the same disk, it is
   *  the blob's own: nothing is copied, and nothing compared with the SHA-256. After a failure there is no file.
   *  @param path - absolute; nothing may be there yet
   *  @throws {BlobStoreError} `ERR_BLOB_NOT_FOUND`, `ERR_BLOB_DAMAGED`
   *  @throws an error of the file system about the path */
  saveAs(id: string, path: string, options?: SaveOptions): Promise<void>
  /** Stores a finished file, which must not be changed any more. A folder on the same disk copies nothing; it makes the file
   *  its own.
   *  @param path - absolute */
  putFile(path: string, blob: NewBlob, options?: Pick<SaveOptions, 'signal'>): Promise<BlobInfo>
  /** `undefined` if there is no such blob, or the text is no blob id. */
  stat(id: string): Promise<BlobInfo | undefined>
  /** Newest first. */
  list(filter?: BlobFilter): AsyncIterable<BlobInfo>
  /** Sets a metadata field unless it is set already, atomically; gives the value that the field has then.
   *  @throws {BlobStoreError} `ERR_BLOB_NOT_FOUND` */
  claimMetadata<T>(id: string, field: string, value: T): Promise<T>
  /** Makes another visible blob of the same bytes. They are stored once: they go when none of the blobs has them any more.
   *  @throws {BlobStoreError} `ERR_BLOB_NOT_FOUND` */
  copy(id: string, blob: NewBlob): Promise<BlobInfo>
  /** Removes the bytes of a blob that stays listed. Doing it again is harmless.
   *  @returns whether there were bytes */
  removeContent(id: string): Promise<boolean>
  /** What the blobs with these metadata take, incomplete resumable ones among them. */
  usage(metadata: Record<string, string>): Promise<BlobUsage>
  /** The same of all blobs, by the values of a metadata field; blobs without it count under an empty text. Looks at every blob:
   *  nothing to be done for each request. */
  usageBy(field: string): Promise<Map<string, BlobUsage>>
  /** Deletes a blob; gives whether it existed. */
  delete(id: string): Promise<boolean>
  /** Removes blobs that killed processes left half-written or half-deleted, and expired resumable ones; gives their
   *  number.
   *  @param lastSeenBefore - Blobs with a heartbeat after this time stay. A writer sends a heartbeat at least every 60 s
   *  while bytes arrive. If a living writer's blob is removed, the writer fails. An hour ago is a safe choice. */
  sweepUnfinished(lastSeenBefore: Date): Promise<number>
  /** Removes pieces of content that belong to no blob, finished or not, which crashes may leave; gives the number of blobs that they were
   *  of. One call looks at a part of the store, and the next one goes on.
   *  @param begunBefore - younger ones stay. An hour ago is a safe choice. */
  sweepStrays(begunBefore: Date): Promise<number>
  /** Resolves when there is room for so many bytes, as far as the store can tell.
   *  @throws {BlobStoreError} `ERR_STORE_FULL` */
  ensureRoom(sizeBytes: number): Promise<void>
  /** Bytes that are free on the store's disk; `undefined` if the store does not tell. */
  freeBytes(): Promise<number | undefined>
  /** Resolves when the store answers. */
  ping(): Promise<void>
  /** Closes the connections; takes at most 5 s. Later calls fail with `ERR_STORE_UNAVAILABLE`.
   *  @throws {BlobStoreError} `ERR_STORE_UNAVAILABLE` when the time is over */
  close(): Promise<void>
}

/** Receives warnings about failed clean-ups. A pino logger fits. */
export interface StoreLogger {
  warn(details: object, message: string): void
}

export type BlobStoreErrorCode =
  | 'ERR_BLOB_BUSY'
  | 'ERR_BLOB_DAMAGED'
  | 'ERR_BLOB_NOT_FOUND'
  | 'ERR_OFFSET_CONFLICT'
  | 'ERR_RANGE_NOT_SATISFIABLE'
  | 'ERR_STORE_FULL'
  | 'ERR_STORE_UNAVAILABLE'

export class BlobStoreError extends Error {
  readonly code: BlobStoreErrorCode

  constructor(code: BlobStoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
    this.code = code
  }
}
