import { BlobStoreError } from './blob-store.ts'

export function notFound(id: string): BlobStoreError {
  return new BlobStoreError('ERR_BLOB_NOT_FOUND', `There is no blob ${id}.`)
}

export function damaged(id: string): BlobStoreError {
  return new BlobStoreError(
    'ERR_BLOB_DAMAGED',
    `The bytes of blob ${id} are not those that were stored: their SHA-256 is another one.`,
  )
}

export function lostChunks(id: string): BlobStoreError {
  return new BlobStoreError(
    'ERR_STORE_UNAVAILABLE',
    `Parts of blob ${id} are gone: the server lost them, or a sweep took the blob for abandoned. Write them again.`,
  )
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
