import { BlobStoreError } from '@jackalope/blob-store'
import { ConverterError } from '../converter-error.ts'

const converterCodes: readonly string[] = ['ERR_DISK_FULL', 'ERR_TOOL_UNUSABLE']
const storeCodes: readonly string[] = ['ERR_STORE_FULL', 'ERR_STORE_UNAVAILABLE']

/** Whether an attempt failed since this machine or a server cannot do its part now: whatever the file is, it would have
 *  failed. Other failures that may be ours - a killed ffmpeg, an attempt that took too long, a mistake in our code - may as
 *  well be the file's, so they use up attempts. */
export function isFaultOfOurs(error: unknown): boolean {
  if (error instanceof ConverterError) return converterCodes.includes(error.code)
  if (error instanceof BlobStoreError) return storeCodes.includes(error.code)
  const { code, syscall } = (error ?? {}) as { code?: unknown; syscall?: unknown }
  // worker-kit's, of the announcement; and whatever the system refuses, such as ENOSPC, EIO or EMFILE.
  return code === 'ERR_NOT_RECORDED' || typeof syscall === 'string'
}
