import { once } from 'node:events'
import { type BlobInfo, type BlobStore, BlobStoreError, type ByteRange } from '@jackalope/blob-store'
import { files } from '@jackalope/contracts/api'
import { problem } from '@jackalope/service-kit'
import type { Context } from 'koa'
import { parseRange } from './parse-range.ts'

/** Answers with a blob, or with the range that the request asks for (RFC 9110, sections 13 and 14). A blob never
 *  changes, so its id is the entity tag. */
export async function sendBlob(ctx: Context, store: BlobStore, blob: BlobInfo): Promise<void> {
  ctx.attachment(blob.fileName)
  ctx.type = blob.contentType
  ctx.etag = blob.id
  ctx.lastModified = blob.storedAt
  ctx.set('Accept-Ranges', 'bytes')
  // Only the user's own cache may keep the file, and it must revalidate with a token.
  ctx.set('Cache-Control', 'private, no-cache')
  ctx.set('X-Content-Type-Options', 'nosniff')
  ctx.status = 200
  if (ctx.fresh) {
    ctx.status = 304
    return
  }
  const range = readRange(ctx, blob)
  if (range) {
    ctx.status = 206
    ctx.set('Content-Range', `bytes ${range.start}-${range.end}/${blob.sizeBytes}`)
  }
  if (ctx.method !== 'HEAD') ctx.body = await openStream(store, blob, range)
  ctx.length = range ? range.end - range.start + 1 : blob.sizeBytes
}

/** The range to send; `undefined` for the whole blob. Ranges apply to `GET` only, and not when `If-Range` names another
 *  version. */
function readRange(ctx: Context, blob: BlobInfo): ByteRange | undefined {
  const ifRange = ctx.get('If-Range')
  const isSameVersion = !ifRange || ifRange === `"${blob.id}"` || ifRange === blob.storedAt.toUTCString()
  if (ctx.method !== 'GET' || !isSameVersion) return undefined
  const range = parseRange(ctx.get('Range'), blob.sizeBytes)
  if (range !== 'unsatisfiable') return range
  throw problem(files.rangeNotSatisfiable, {
    detail: `The file has ${blob.sizeBytes} bytes; the range lies outside.`,
    headers: { 'Content-Range': `bytes */${blob.sizeBytes}`, 'Accept-Ranges': 'bytes' },
  })
}

async function openStream(store: BlobStore, blob: BlobInfo, range: ByteRange | undefined) {
  try {
    const stream = await store.open(blob.id, range)
    // Wait for the first bytes before the status is sent: later errors can only cut the connection.
    if (blob.sizeBytes > 0) await once(stream, 'readable')
    return stream
  } catch (error) {
    if (!(error instanceof BlobStoreError) || error.code !== 'ERR_BLOB_NOT_FOUND') throw error
    throw problem(files.fileDeleted, {
      detail: 'The file has just been deleted.',
      cause: error,
    })
  }
}
