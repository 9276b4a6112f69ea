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

/** Adds up what all visible and resumable blobs take, by the values of a metadata field. */
export async function measureUsageBy(
  { files, unfinished }: BlobCollections,
  field: string,
): Promise<Map<string, BlobUsage>> {
  const name = requireFieldName(field)
  const visible: Filter<FileDocument> = { contentRemovedAt: { $exists: false } }
  const begun: Filter<UnfinishedDocument> = { resumable: { $exists: true } }
  const [stored, coming] = await Promise.all([
    files.aggregate<Sum>([{ $match: visible }, sumOf('$length', `$metadata.${name}`)]).toArray(),
    unfinished
      .aggregate<Sum>([{ $match: begun }, sumOf('$resumable.totalBytes', `$resumable.metadata.${name}`)])
      .toArray(),
  ])
  const usages = new Map<string, BlobUsage>()
  const add = ({ _id, blobs, sizeBytes }: Sum, incomplete: number) => {
    const value = String(_id ?? '')
    const known = usages.get(value) ?? { blobs: 0, incomplete: 0, sizeBytes: 0 }
    usages.set(value, {
      blobs: known.blobs + blobs,
      incomplete: known.incomplete + incomplete,
      sizeBytes: known.sizeBytes + sizeBytes,
    })
  }
  for (const sum of stored) add(sum, 0)
  for (const sum of coming) add(sum, sum.blobs)
  return usages
}

interface Sum {
  _id: unknown
  blobs: number
  sizeBytes: number
}

function sumOf(field: string, by: string | null = null) {
  return { $group: { _id: by, blobs: { $sum: 1 }, sizeBytes: { $sum: field } } }
}
