/** What a store knows about one blob. */
export interface BlobInfo {
  /** 24 hexadecimal digits. */
  id: string
  fileName: string
  contentType: string
  sizeBytes: number
  /** SHA-256 of the bytes, in hexadecimal; whoever reads the whole blob is told when they have another one. Blobs of earlier
   *  versions have none. */
  sha256?: string
  /** When the blob became visible. */
  storedAt: Date
  /** Small JSON values that belong to the blob, such as its owner. */
  metadata: BlobMetadata
  /** When the bytes were removed. The blob is listed on, and cannot be opened. */
  contentRemovedAt?: Date
}

export type BlobMetadata = Readonly<Record<string, unknown>>

export interface NewBlob {
  fileName: string
  contentType: string
  /** Metadata, or a function that makes them of the new blob's id. @default none */
  metadata?: BlobMetadata | ((id: string) => BlobMetadata)
}

/** The metadata of a new blob, once its id is known. */
export function metadataOf({ metadata = {} }: NewBlob, id: string): BlobMetadata {
  return typeof metadata === 'function' ? metadata(id) : metadata
}

/** First and last byte, both included, as in an HTTP range (RFC 9110, section 14.1.2). */
export interface ByteRange {
  start: number
  end: number
}
