import type { Readable, Writable } from 'node:stream'

/** What a store knows about one blob. */
export interface BlobInfo {
  /** 24 hexadecimal digits. */
  id: string
  fileName: string
  contentType: string
  sizeBytes: number
  /** When the blob became visible. */
  storedAt: Date
  /** Small JSON values that belong to the blob, such as its owner. */
  metadata: BlobMetadata
}

export type BlobMetadata = Readonly<Record<string, unknown>>

export interface NewBlob {
  fileName: string
  contentType: string
  /** A function is given the new blob's id. @default none */
  metadata?: BlobMetadata | ((id: string) => BlobMetadata)
}

/** First and last byte, both included, as in HTTP ranges (RFC 9110, section 14.1.2). */
export interface ByteRange {
  start: number
  end: number
}

/** A blob being written. It becomes visible, whole, when the stream has finished; until then nobody sees it. */
export interface BlobWriter extends Writable {
  readonly id: string
  /** Bytes accepted so far. */
  readonly sizeBytes: number
  /** The blob, once it is visible: set before `finish`. */
  readonly stored: BlobInfo | undefined
  /** Ends the writing and resolves when nothing of it is left. Safe to call more than once, at any time; without
   *  effect on a finished blob.
   *  @throws {BlobStoreError} `ERR_STORE_UNAVAILABLE`: something may be left; `sweepUnfinished` removes it later. */
  abort(): Promise<void>
}

export interface BlobFilter {
  /** Only blobs whose metadata hold these values. */
  metadata?: Record<string, string>
  /** Only blobs that became visible before. */
  storedBefore?: Date
  /** Only blobs that are listed after this one, which need not exist any more: the next page. */
  olderThan?: Pick<BlobInfo, 'storedAt' | 'id'>
  /** How many at most. @default no limit */
  limit?: number
}

/** Keeps large immutable files, with a little metadata beside each.
 *  Every method, and every stream given out, fails with `ERR_STORE_UNAVAILABLE` within 10 s when the store is away. */
export interface BlobStore {
  /** Begins a blob. Destroying the writer, or an error in it, removes what was written. */
  create(blob: NewBlob): BlobWriter
  /** Stores a whole stream. If the source fails or is destroyed, nothing is left and its error is thrown. */
  put(source: Readable, blob: NewBlob): Promise<BlobInfo>
  /** Opens a blob, or a part of it, for reading. A range that ends beyond the blob gives what there is; the stream
   *  fails with `ERR_BLOB_NOT_FOUND` when the blob is deleted meanwhile, it never just ends early.
   *  @throws {BlobStoreError} `ERR_BLOB_NOT_FOUND`; `ERR_RANGE_NOT_SATISFIABLE` when the range starts beyond the end */
  open(id: string, range?: ByteRange): Promise<Readable>
  /** `undefined` if there is no such blob, or the id has another form. */
  stat(id: string): Promise<BlobInfo | undefined>
  /** Newest first. */
  list(filter?: BlobFilter): AsyncIterable<BlobInfo>
  /** Sets one metadata field unless it is set already, atomically; gives the value that then stands.
   *  @throws {BlobStoreError} `ERR_BLOB_NOT_FOUND` */
  claimMetadata<T>(id: string, field: string, value: T): Promise<T>
  /** Whether there was something to delete. */
  delete(id: string): Promise<boolean>
  /** Removes what killed processes left half-written or half-deleted; gives how many blobs it was.
   *  @param lastSeenBefore - A writer gives a sign of life at least every 60 s while bytes arrive; one that is swept
   *  although it lives fails, and its blob never becomes visible. An hour ago is a safe choice. */
  sweepUnfinished(lastSeenBefore: Date): Promise<number>
  /** Resolves when the store answers. */
  ping(): Promise<void>
  /** Closes the connections; takes at most 5 s. Later calls fail with `ERR_STORE_UNAVAILABLE`.
   *  @throws {BlobStoreError} `ERR_STORE_UNAVAILABLE` when the time is over */
  close(): Promise<void>
}

/** Is told what could not be cleaned up; pino's loggers fit. */
export interface StoreLogger {
  warn(details: object, message: string): void
}

export type BlobStoreErrorCode = 'ERR_BLOB_NOT_FOUND' | 'ERR_RANGE_NOT_SATISFIABLE' | 'ERR_STORE_UNAVAILABLE'

export class BlobStoreError extends Error {
  readonly code: BlobStoreErrorCode

  constructor(code: BlobStoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
    this.code = code
  }
}
