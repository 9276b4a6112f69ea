import type { BlobInfo, BlobMetadata, NewBlob } from './blob.ts'

/** A blob that is written in several appends. It becomes visible when it is completed. */
export interface ResumableBlob {
  /** Id of the blob, also when it is visible. */
  id: string
  fileName: string
  contentType: string
  metadata: BlobMetadata
  /** Size of the whole blob, in bytes. */
  totalBytes: number
  /** Bytes that are stored and survive a crash; the next append starts here. */
  offset: number
  createdAt: Date
  /** When a sweep may remove it. */
  expiresAt: Date
  /** Small values that are forgotten when the blob is complete. */
  notes: Readonly<Record<string, string>>
}

export interface NewResumableBlob extends NewBlob {
  /** Size of the whole blob, in bytes. Integer >= 0. */
  totalBytes: number
  /** When a sweep may remove it, if it is not complete. */
  expiresAt: Date
  /** Small values that are forgotten when the blob is complete. @default none */
  notes?: Readonly<Record<string, string>>
}

export interface AppendOptions {
  /** Where the source's first byte belongs; must be the blob's offset. */
  offset: number
  /** Ends the append of another process, instead of being refused: for callers that have a lock of their own.
   *  @default false */
  takeOver?: boolean
  /** Called when the source has ended. If it throws, nothing of this append is kept. Until then no other process is told
   *  a higher offset. @default what arrives is kept at once, also when the source fails */
  verify?: () => void
}

/** Blobs that are written in several appends, by any process. What was appended is the blob's data: completing a blob
 *  copies nothing. Methods fail with `ERR_STORE_UNAVAILABLE` as those of `BlobStore` do. */
export interface ResumableBlobs {
  /** Starts a blob that has no bytes yet. Its id is that of the later visible blob. */
  begin(blob: NewResumableBlob): Promise<ResumableBlob>
  /** `undefined` if there is no such blob, it is complete, or the text is no blob id. */
  find(id: string): Promise<ResumableBlob | undefined>
  /** Appends a stream; gives the offset after it. If the source fails, what arrived is kept and the error is thrown.
   *  @throws {BlobStoreError} `ERR_BLOB_NOT_FOUND`; `ERR_OFFSET_CONFLICT` when the offset is another one, or the source is
   *  longer than the blob; `ERR_BLOB_BUSY` when another process appends, or has taken over; `ERR_STORE_FULL` */
  append(id: string, source: AsyncIterable<Buffer>, options: AppendOptions): Promise<number>
  /** Makes the blob visible. Completing it twice gives the same.
   *  @throws {BlobStoreError} `ERR_BLOB_NOT_FOUND`; `ERR_OFFSET_CONFLICT` when bytes are missing */
  complete(id: string): Promise<BlobInfo>
  /** Removes an incomplete blob; gives whether there was one. A running append of it fails. */
  discard(id: string): Promise<boolean>
}

/** How long a process that appends may be silent until another one may append, in milliseconds. */
export const leaseMs = 30_000

/** How often a process that appends records how far it is, and that it lives, in milliseconds. */
export const recordMs = 1_000
