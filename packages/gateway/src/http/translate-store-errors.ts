import { BlobStoreError } from '@jackalope/blob-store'
import { unavailable } from '@jackalope/service-kit'
import type { Middleware } from 'koa'

/** Answers 503 when a handler fails because the store of blobs is away. */
export function translateStoreErrors(): Middleware {
  return async (_ctx, next) => {
    try {
      await next()
    } catch (error) {
      if (error instanceof BlobStoreError && error.code === 'ERR_STORE_UNAVAILABLE')
        throw unavailable('The store of files', { cause: error })
      throw error
    }
  }
}
