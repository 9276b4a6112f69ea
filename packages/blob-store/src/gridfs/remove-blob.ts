import type { ObjectId } from 'mongodb'
import type { BlobCollections } from './collections.ts'

/** Chunks of one delete command, 64 MiB: the command ends within the socket timeout for a blob of any size. */
const chunksPerDelete = 256

/** Removes a blob that is recorded as unfinished. The document that makes it visible goes first, the record last: after
 *  a crash another process finds the record and completes the removal. Safe to run twice, also concurrently. */
export async function removeBlob(collections: BlobCollections, id: ObjectId): Promise<void> {
  const { files, chunks, unfinished } = collections
  await files.deleteOne({ _id: id })
  for (;;) {
    const last = await chunks.findOne({ files_id: id }, { sort: { n: -1 }, projection: { n: 1 } })
    if (!last) break
    await chunks.deleteMany({ files_id: id, n: { $gt: last.n - chunksPerDelete } })
  }
  await unfinished.deleteOne({ _id: id })
}

/** Removes unfinished blobs whose last heartbeat is before that time; gives their number. */
export async function sweepUnfinished(collections: BlobCollections, lastSeenBefore: Date): Promise<number> {
  for (let removed = 0; ; removed++) {
    // A slow writer fails when it finds this mark, so that its blob never becomes visible with missing chunks.
    const entry = await collections.unfinished.findOneAndUpdate(
      { since: { $lt: lastSeenBefore } },
      { $set: { sweeping: true } },
      { projection: { _id: 1 } },
    )
    if (!entry) return removed
    await removeBlob(collections, entry._id)
  }
}
