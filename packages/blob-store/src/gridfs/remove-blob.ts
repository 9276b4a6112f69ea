import type { ObjectId } from 'mongodb'
import type { BlobCollections } from './collections.ts'

/** Chunks per delete, 64 MiB: one command then ends well within the socket's timeout, however large the blob. */
const chunksPerDelete = 256

/** Removes a blob that is listed as unfinished: first what makes it visible, last its entry, so that whoever
 *  finds the entry can finish the work. Safe to run twice, also at once. */
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

/** Removes every blob without a sign of life since that time; gives how many it was. */
export async function sweepUnfinished(collections: BlobCollections, lastSeenBefore: Date): Promise<number> {
  for (let removed = 0; ; removed++) {
    // The mark is what a writer that was only slow stumbles over: its blob never becomes visible with holes.
    const entry = await collections.unfinished.findOneAndUpdate(
      { since: { $lt: lastSeenBefore } },
      { $set: { sweeping: true } },
      { projection: { _id: 1 } },
    )
    if (!entry) return removed
    await removeBlob(collections, entry._id)
  }
}
