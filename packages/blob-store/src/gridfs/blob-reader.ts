import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { ObjectId } from 'mongodb'
import { damaged } from '../blob-errors.ts'
import { BlobStoreError, type ByteRange } from '../blob-store.ts'
import { type ChunkDocument, chunksOf, type FileDocument, toBuffer } from './collections.ts'
import type { Connection } from './connection.ts'

/** Chunks of one query, 2 MiB, and the most that a reader holds in memory; twice as many when it reads ahead. */
const chunksPerQuery = 8

export interface ReadOptions {
  /** Asks for the next chunks while these are taken: faster for a reader that waits for nothing else, with twice the memory.
   *  @default false */
  readAhead?: boolean
}

/** Streams a range of a blob, with one independent query after the other.
 *
 *  The driver's download stream does not fit: it holds a batch of 16 MB, ends without an error when the last chunks are
 *  missing, and keeps a cursor that is lost when the server restarts. */
export function readBlob(
  connection: Connection,
  file: FileDocument,
  range: ByteRange,
  { readAhead = false }: ReadOptions = {},
): Readable {
  const bytes = generateBytes(connection, file, range, readAhead)
  return Readable.from(bytes, { objectMode: false, highWaterMark: 1 })
}

async function* generateBytes(
  connection: Connection,
  file: FileDocument,
  { start, end }: ByteRange,
  readAhead: boolean,
): AsyncGenerator<Buffer> {
  const lastN = Math.floor(end / file.chunkSize)
  const isWhole = start === 0 && end === file.length - 1
  const hash = isWhole && file.sha256 !== undefined ? createHash('sha256') : undefined
  const find = (first: number) => {
    const n = { $gte: first, $lt: Math.min(first + chunksPerQuery, lastN + 1) }
    const query = { files_id: chunksOf(file), n }
    return connection.run(({ chunks }) => chunks.find(query, { sort: { n: 1 } }).toArray())
  }
  let next: Promise<ChunkDocument[]> | undefined
  for (let n = Math.floor(start / file.chunkSize); n <= lastN; ) {
    const documents = await (next ?? find(n))
    const before = Math.min(n + chunksPerQuery, lastN + 1)
    next = readAhead && before <= lastN ? find(before) : undefined
    // Its error is thrown when it is waited for; a reader that has ended does not want it.
    next?.catch(() => {})
    for (; n < before; n++) {
      const bytes = toBytes(documents.shift(), file, n)
      hash?.update(bytes)
      if (n === lastN && hash && hash.digest('hex') !== file.sha256) throw damaged(file._id.toHexString())
      const offset = n * file.chunkSize
      yield bytes.subarray(Math.max(start - offset, 0), end - offset + 1)
    }
  }
}

function toBytes(chunk: ChunkDocument | undefined, file: FileDocument, n: number): Buffer {
  const expectedBytes = Math.min(file.chunkSize, file.length - n * file.chunkSize)
  const bytes = chunk?.n === n ? toBuffer(chunk.data) : undefined
  if (bytes?.length !== expectedBytes) throw missing(file._id, n)
  return bytes
}

function missing(id: ObjectId, n: number): BlobStoreError {
  return new BlobStoreError(
    'ERR_BLOB_NOT_FOUND',
    `Chunk ${n} of blob ${id.toHexString()} is missing: the blob was deleted while it was read, or is damaged.`,
  )
}
