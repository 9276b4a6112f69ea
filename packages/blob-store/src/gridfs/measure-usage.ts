import type { Filter } from 'mongodb'
import type { BlobUsage } from '../blob-store.ts'
import { requireFieldName } from '../metadata-field.ts'
import type { BlobCollections, FileDocument, UnfinishedDocument } from './collections.ts'

/** Adds up what visible and resumable blobs with these metadata take. */
export async function measureUsage(
  { files, unfinished }: BlobCollections,
  metadata: Record<string, string>,
): Promise<BlobUsage> {
  const entries = Object.entries(metadata).map(([field, value]) => [requireFieldName(field), value] as const)
  const matching = (prefix: string) =>
    Object.fromEntries(entries.map(([field, value]) => [`${prefix}metadata.${field}`, { $eq: value }]))
  const visible: Filter<FileDocument> = { ...matching(''), contentRemovedAt: { $exists: false } }
  const begun: Filter<UnfinishedDocument> = { ...matching('resumable.'), resumable: { $exists: true } }
  const [stored, coming] = await Promise.all([
    files.aggregate<Sum>([{ $match: visible }, sumOf('$length')]).toArray(),
    unfinished.aggregate<Sum>([{ $match: begun }, sumOf('$resumable.totalBytes')]).toArray(),
  ])
  const sums = [...stored, ...coming]
  return {
    incomplete: coming[0]?.blobs ?? 0,
    blobs: sums.reduce((total, { blobs }) => total + blobs, 0),
    sizeBytes: sums.reduce((total, { sizeBytes }) => total + sizeBytes, 0),
  }
}

interface Sum {
  blobs: number
  sizeBytes: number
}

function sumOf(field: string) {
  return { $group: { _id: null, blobs: { $sum: 1 }, sizeBytes: { $sum: field } } }
}
