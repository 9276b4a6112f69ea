import { ObjectId } from 'mongodb'
import { metadataOf } from '../blob.ts'
import { notFound } from '../blob-errors.ts'
import type { NewBlob } from '../blob-store.ts'
import { type BlobCollections, chunksOf, type FileDocument } from './collections.ts'
import { durable } from './durable.ts'
import { removeBlob } from './remove-blob.ts'

/** Makes another visible blob of the same chunks.
 *  @throws {BlobStoreError} `ERR_BLOB_NOT_FOUND` */
export async function copyBlob(
  collections: BlobCollections,
  id: ObjectId,
  blob: NewBlob,
): Promise<FileDocument> {
  const { files } = collections
  const original = { _id: id, contentRemovedAt: { $exists: false } }
  const file = await files.findOne(original)
  if (!file) throw notFound(id.toHexString())
  const _id = new ObjectId()
  const { length, chunkSize, sha256 } = file
  const copy: FileDocument = {
    _id,
    length,
    chunkSize,
    uploadDate: new Date(),
    filename: blob.fileName,
    contentType: blob.contentType,
    metadata: metadataOf(blob, _id.toHexString()),
    ...(sha256 !== undefined && { sha256 }),
    chunksOf: chunksOf(file),
  }
  await files.insertOne(copy, durable)
  // Whoever deletes the original looks for copies after it is gone: it has seen this one, or is seen here.
  if (await files.findOne(original, { projection: { _id: 1 } })) return copy
  await removeBlob(collections, _id, copy.chunksOf)
  throw notFound(id.toHexString())
}
