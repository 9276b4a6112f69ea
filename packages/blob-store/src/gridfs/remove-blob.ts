import type { ObjectId } from 'mongodb'
import { type BlobCollections, chunksOf, type FileDocument } from './collections.ts'
import { durable } from './durable.ts'

/** Chunks of one delete command, 64 MiB: the command ends within the socket timeout for a blob of any size. */
const chunksPerDelete = 256

/** Removes a blob that is recorded as unfinished. The document that makes it visible goes first, the record last: after
 *  a crash another process finds the record and completes the removal. Safe to run twice, also concurrently.
 *  @param chunksId - id of its chunks. @default that of the blob */
export async function removeBlob(
  collections: BlobCollections,
  id: ObjectId,
  chunksId: ObjectId = id,
): Promise<void> {
  const { files, unfinished } = collections
  await files.deleteOne({ _id: id })
  await removeChunks(collections, chunksId)
  await unfinished.deleteOne({ _id: id })
}

/** Removes the bytes of a blob that stays visible. Readers find the mark before the first chunk is gone.
 *  @returns whether there were bytes */
export async function removeContent(collections: BlobCollections, _id: ObjectId): Promise<boolean> {
  const { files } = collections
  const file = await files.findOneAndUpdate(
    { _id, contentRemovedAt: { $exists: false } },
    { $set: { contentRemovedAt: new Date(), removing: true } },
    durable,
  )
  if (file) await endRemoval(collections, file)
  return file !== null
}

async function endRemoval(collections: BlobCollections, file: FileDocument): Promise<void> {
  await removeChunks(collections, chunksOf(file))
  await collections.files.updateOne({ _id: file._id }, { $unset: { removing: '' } })
}

/** Removes chunks that no visible blob has. Whoever copies a blob inserts the copy first, and then looks whether the
 *  original is still there: one of the two sees the other. */
export async function removeChunks({ files, chunks }: BlobCollections, id: ObjectId): Promise<void> {
  const hasThem = { contentRemovedAt: { $exists: false } }
  if (await files.findOne({ _id: id, ...hasThem }, { projection: { _id: 1 } })) return
  if (await files.findOne({ chunksOf: id, ...hasThem }, { projection: { _id: 1 } })) return
  for (;;) {
    // Any of them: some servers read all chunks of a blob to find the last one.
    const any = await chunks.findOne({ files_id: id }, { projection: { n: 1 } })
    if (!any) break
    const first = any.n - (any.n % chunksPerDelete)
    await chunks.deleteMany({ files_id: id, n: { $gte: first, $lt: first + chunksPerDelete } })
  }
}

/** Removes unfinished blobs whose last heartbeat is before that time, and ends removals that broke off; gives the number
 *  of blobs. */
export async function sweepUnfinished(collections: BlobCollections, lastSeenBefore: Date): Promise<number> {
  const { files, unfinished } = collections
  let removed = 0
  for (;;) {
    // A slow writer fails when it finds this mark, so that its blob never becomes visible with missing chunks.
    const entry = await unfinished.findOneAndUpdate(
      { since: { $lt: lastSeenBefore } },
      { $set: { sweeping: true } },
      { projection: { _id: 1, chunksOf: 1, deleting: 1, sweeping: 1 } },
    )
    if (!entry) break
    const { _id, chunksOf, deleting, sweeping } = entry
    // Its writer was killed when only the record was left to be removed: others have seen the blob since, and may use it.
    const isWhole = !deleting && !sweeping && (await files.findOne({ _id }, { projection: { _id: 1 } }))
    if (isWhole) {
      await unfinished.deleteOne({ _id })
      continue
    }
    await removeBlob(collections, _id, chunksOf)
    removed += 1
  }
  const broken = { removing: true, contentRemovedAt: { $lt: lastSeenBefore } }
  for (;;) {
    const file = await collections.files.findOne(broken)
    if (!file) return removed
    await endRemoval(collections, file)
    removed += 1
  }
}
