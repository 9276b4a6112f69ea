import { Binary, ObjectId } from 'mongodb'
import { notFound } from '../blob-errors.ts'
import { isDuplicate } from './chunk-writer.ts'
import {
  chunkSizeBytes,
  type FileDocument,
  type ResumableRecord,
  resumableEntry,
  toBuffer,
} from './collections.ts'
import type { Connection } from './connection.ts'
import { durable } from './durable.ts'
import { hashOf } from './gridfs-append.ts'

/** Makes a resumable blob visible that has all its bytes. Safe to run twice, also concurrently: the last bytes are stored
 *  once, since a chunk's number is unique, and so is the file's id. The record goes last. */
export async function completeBlob(connection: Connection, id: ObjectId): Promise<FileDocument> {
  return await connection.run(async ({ files, chunks, unfinished }) => {
    const query = resumableEntry(id)
    const record = (await unfinished.findOne(query))?.resumable
    if (record) {
      const tail = toBuffer(record.tail)
      if (tail.length > 0) {
        const last = { _id: new ObjectId(), files_id: id, n: record.chunkCount, data: new Binary(tail) }
        await chunks.insertOne(last).catch(ignoreDuplicate)
      }
      const hash = await hashOf(record)
      hash?.update(tail)
      await files.insertOne(toFile(id, record, hash?.digest()), durable).catch(ignoreDuplicate)
      await unfinished.deleteOne(query, durable)
    }
    const file = await files.findOne({ _id: id })
    if (!file) throw notFound(id.toHexString())
    return file
  })
}

function toFile(
  _id: ObjectId,
  { filename, contentType, metadata, totalBytes }: ResumableRecord,
  sha256: string | undefined,
): FileDocument {
  return {
    _id,
    length: totalBytes,
    chunkSize: chunkSizeBytes,
    uploadDate: new Date(),
    filename,
    contentType,
    metadata,
    ...(sha256 !== undefined && { sha256 }),
  }
}

function ignoreDuplicate(error: unknown): void {
  if (!isDuplicate(error)) throw error
}
