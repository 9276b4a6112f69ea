import { type Binary, type Collection, type Db, type Filter, ObjectId } from 'mongodb'
import { notFound } from '../blob-errors.ts'
import { isBlobId } from '../blob-id.ts'
import type { BlobInfo, BlobMetadata } from '../blob-store.ts'

/** Bytes of every chunk but a blob's last. This is GridFS' default: a chunk with its other fields fits 256 KiB. */
export const chunkSizeBytes = 255 * 1024

/** A visible blob (`fs.files` of the GridFS specification). */
export interface FileDocument {
  _id: ObjectId
  length: number
  chunkSize: number
  uploadDate: Date
  filename: string
  contentType: string
  metadata: BlobMetadata
  sha256?: string
  /** The blob whose chunks these are, if it is another one: a copy has none of its own. */
  chunksOf?: ObjectId
  contentRemovedAt?: Date
  /** Set while chunks are being removed; a sweep goes on with it. */
  removing?: boolean
}

/** A piece of a blob (`fs.chunks` of the GridFS specification). */
export interface ChunkDocument {
  _id: ObjectId
  files_id: ObjectId
  n: number
  data: Binary | Uint8Array
}

/** A blob that is being written or deleted. A killed process leaves this record behind; a sweep removes the blob. */
export interface UnfinishedDocument {
  /** The blob's id. */
  _id: ObjectId
  /** Last heartbeat; of a resumable blob, its expiry. */
  since: Date
  resumable?: ResumableRecord
  /** The blob whose chunks a deleted copy had. */
  chunksOf?: ObjectId
  /** Set when a visible blob is deleted. */
  deleting?: boolean
  /** Set when a sweep removes the blob: its writer must fail. */
  sweeping?: boolean
}

/** How far a resumable blob is. Its chunks are whole ones; the bytes behind the last chunk are in `tail`, so that one
 *  update records them together with the offset. */
export interface ResumableRecord {
  filename: string
  contentType: string
  metadata: BlobMetadata
  notes: Readonly<Record<string, string>>
  totalBytes: number
  createdAt: Date
  chunkCount: number
  tail: Binary | Uint8Array
  /** State of the SHA-256 of the first `chunkCount` chunks. An earlier version that appends does not keep it. */
  hash?: { chunkCount: number; state: Binary | Uint8Array }
  /** The process that appends, and when it counts as dead. */
  writer?: { token: ObjectId; until: Date }
}

export interface BlobCollections {
  files: Collection<FileDocument>
  chunks: Collection<ChunkDocument>
  unfinished: Collection<UnfinishedDocument>
}

export function openCollections(db: Db): BlobCollections {
  return {
    files: db.collection('fs.files'),
    chunks: db.collection('fs.chunks'),
    unfinished: db.collection('fs.unfinished'),
  }
}

export async function createIndexes({ files, chunks }: BlobCollections): Promise<void> {
  await Promise.all([
    chunks.createIndex({ files_id: 1, n: 1 }, { unique: true }),
    files.createIndex({ 'metadata.ownerId': 1, uploadDate: -1, _id: -1 }),
    files.createIndex({ uploadDate: -1, _id: -1 }),
    files.createIndex({ chunksOf: 1 }, { sparse: true }),
    files.createIndex({ removing: 1 }, { sparse: true }),
    files.createIndex({ 'metadata.ownerId': 1, sha256: 1 }),
  ])
}

/** `undefined` when the text is no blob id. */
export function parseBlobId(id: string): ObjectId | undefined {
  return isBlobId(id) ? new ObjectId(id) : undefined
}

/** @throws {BlobStoreError} `ERR_BLOB_NOT_FOUND` when the text is no blob id */
export function requireBlobId(id: string): ObjectId {
  const objectId = parseBlobId(id)
  if (!objectId) throw notFound(id)
  return objectId
}

/** Finds the record of a resumable blob that nobody has begun to remove. */
export function resumableEntry(_id: ObjectId): Filter<UnfinishedDocument> {
  return { _id, resumable: { $exists: true }, sweeping: { $exists: false } }
}

export function toBlobInfo(file: FileDocument): BlobInfo {
  return {
    id: file._id.toHexString(),
    fileName: file.filename,
    contentType: file.contentType,
    sizeBytes: file.length,
    storedAt: file.uploadDate,
    metadata: file.metadata,
    ...(file.sha256 !== undefined && { sha256: file.sha256 }),
    ...(file.contentRemovedAt && { contentRemovedAt: file.contentRemovedAt }),
  }
}

/** Id that the chunks of a blob bear. */
export function chunksOf({ _id, chunksOf = _id }: Pick<FileDocument, '_id' | 'chunksOf'>): ObjectId {
  return chunksOf
}

/** The bytes of a binary value. */
export function toBuffer(data: Binary | Uint8Array): Buffer {
  const bytes = data instanceof Uint8Array ? data : data.buffer
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
