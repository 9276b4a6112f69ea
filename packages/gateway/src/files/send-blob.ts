import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { type BlobInfo, type BlobStore, BlobStoreError, type ByteRange } from '@jackalope/blob-store'
import { audioMediaTypes } from '@jackalope/contracts'
import { files } from '@jackalope/contracts/api'
import { problem } from '@jackalope/service-kit'
import type { Context } from 'koa'
import type { AppDeps } from '../app-deps.ts'
import { parseRange } from './parse-range.ts'
import { checkPreconditions } from './preconditions.ts'

export type SendDeps = Pick<AppDeps, 'audios' | 'downloadLimits'>

export interface SendOptions {
  /** Whose downloads are counted together: the user, or the link. */
  reader: string
  /** Whether a browser may play the file instead of saving it. */
  inline: boolean
}

/** Types that a browser plays and never renders. */
const audioTypes: readonly string[] = Object.values(audioMediaTypes)

/** What the bytes of a user may do if a browser shows them after all: nothing but play. */
const contentPolicy = "sandbox; default-src 'none'; media-src 'self'"

/** Answers with an audio file, or with the range that the request asks for (RFC 9110, sections 13 and 14). A blob never
 *  changes, so its id is the entity tag. */
export async function sendBlob(
  ctx: Context,
  blob: BlobInfo,
  { reader, inline }: SendOptions,
  { audios, downloadLimits }: SendDeps,
): Promise<void> {
  const isAudio = audioTypes.includes(blob.contentType)
  ctx.attachment(blob.fileName, { type: inline && isAudio ? 'inline' : 'attachment' })
  ctx.set('Content-Type', isAudio ? blob.contentType : 'application/octet-stream')
  ctx.etag = blob.id
  ctx.lastModified = blob.storedAt
  ctx.set('Accept-Ranges', 'bytes')
  // Only the user's own cache may keep the file, and it must revalidate with a token.
  ctx.set('Cache-Control', 'private, no-cache')
  ctx.set('X-Content-Type-Options', 'nosniff')
  ctx.set('Content-Security-Policy', contentPolicy)
  ctx.status = 200
  checkPreconditions(ctx, blob)
  if (ctx.fresh) {
    ctx.status = 304
    return
  }
  const range = readRange(ctx, blob)
  const sizeBytes = range ? range.end - range.start + 1 : blob.sizeBytes
  if (ctx.method !== 'HEAD') {
    downloadLimits.enter(ctx.res, reader, sizeBytes)
    const stream = await openBlob(audios, blob, range)
    if (ctx.res.destroyed) stream.destroy()
    ctx.body = stream
  }
  if (range) {
    ctx.status = 206
    ctx.set('Content-Range', `bytes ${range.start}-${range.end}/${blob.sizeBytes}`)
  }
  ctx.length = sizeBytes
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

/** Opens a blob, and waits for its first bytes.
 *  @throws {HttpProblem} 410 */
export async function openBlob(
  store: BlobStore,
  blob: BlobInfo,
  range: ByteRange | undefined,
): Promise<Readable> {
  try {
    const stream = await store.open(blob.id, range)
    // Wait for the first bytes before the status is sent: later errors can only cut the connection.
    if (blob.sizeBytes > 0) await once(stream, 'readable')
    return stream
  } catch (error) {
    if (!(error instanceof BlobStoreError) || error.code !== 'ERR_BLOB_NOT_FOUND') throw error
    throw problem(files.fileDeleted, { detail: 'The file has just been deleted.', cause: error })
  }
}
