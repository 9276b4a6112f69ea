import { BlobStoreError } from '@jackalope/blob-store'
import { uploads } from '@jackalope/contracts/api'
import { problem, unavailable } from '@jackalope/service-kit'
import type { Middleware } from 'koa'

/** Answers 503 when a handler fails because the store of blobs is away, and 507 when it is full. */
export function translateStoreErrors(): Middleware {
  return async (_ctx, next) => {
    try {
      await next()
    } catch (error) {
      throw translateStoreError(error)
    }
  }
}

/** Gives errors that are not the store's unchanged. */
export function translateStoreError(error: unknown): unknown {
  const code = error instanceof BlobStoreError ? error.code : undefined
  if (code === 'ERR_STORE_UNAVAILABLE') return unavailable('The store of files', { cause: error })
  if (code !== 'ERR_STORE_FULL') return error
  return problem(uploads.storeFull, {
    detail: 'The store of files has no room for this file. Try again later, or tell the operator.',
    cause: error,
  })
}
