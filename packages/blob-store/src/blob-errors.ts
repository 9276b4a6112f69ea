import { BlobStoreError } from './blob-store.ts'

export function notFound(id: string): BlobStoreError {
  return new BlobStoreError('ERR_BLOB_NOT_FOUND', `There is no blob ${id}.`)
}

export function isUnavailable(error: unknown): boolean {
  return error instanceof BlobStoreError && error.code === 'ERR_STORE_UNAVAILABLE'
}
