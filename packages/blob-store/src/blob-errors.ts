import { BlobStoreError } from './blob-store.ts'

export function notFound(id: string): BlobStoreError {
  return new BlobStoreError('ERR_BLOB_NOT_FOUND', `There is no blob ${id}.`)
}

export function isUnavailable(error: unknown): boolean {
  return error instanceof BlobStoreError && error.code === 'ERR_STORE_UNAVAILABLE'
}

export function busy(id: string): BlobStoreError {
  return new BlobStoreError('ERR_BLOB_BUSY', `Another process appends to blob ${id}.`)
}

export function offsetConflict(id: string, { expected, given }: { expected: number; given: number }) {
  return new BlobStoreError('ERR_OFFSET_CONFLICT', `Blob ${id} has ${expected} bytes, not ${given}.`)
}

export function tooLong(id: string, totalBytes: number): BlobStoreError {
  return new BlobStoreError('ERR_OFFSET_CONFLICT', `Blob ${id} has room for ${totalBytes} bytes and no more.`)
}

export function storeFull(place: string, cause?: unknown): BlobStoreError {
  return new BlobStoreError('ERR_STORE_FULL', `${place} is full: free or add space.`, { cause })
}
