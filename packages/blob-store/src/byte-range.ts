import { BlobStoreError, type ByteRange } from './blob-store.ts'

/** The bytes of a blob to read: all without a range, and none beyond the blob's end.
 *  @throws {BlobStoreError} `ERR_RANGE_NOT_SATISFIABLE` */
export function resolveRange(
  { id, sizeBytes }: { id: string; sizeBytes: number },
  range?: ByteRange,
): ByteRange {
  if (!range) return { start: 0, end: sizeBytes - 1 }
  const { start, end } = range
  if (!(Number.isSafeInteger(start) && start >= 0 && start < sizeBytes && end >= start))
    throw new BlobStoreError(
      'ERR_RANGE_NOT_SATISFIABLE',
      `Blob ${id} has ${sizeBytes} bytes, bytes ${start} to ${end} are outside.`,
    )
  return { start, end: Math.min(end, sizeBytes - 1) }
}
