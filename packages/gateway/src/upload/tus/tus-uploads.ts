import { uploads } from '@jackalope/contracts/api'
import { problem } from '@jackalope/service-kit'
import type { RouterContext } from '@koa/router'
import type { UserState } from '../../access/require-user.ts'
import { admitUpload } from '../admit-upload.ts'
import { findUpload } from './find-upload.ts'
import { ensureConversion, finishUpload } from './finish-upload.ts'
import { jobHeaders, serveTus, type TusDeps } from './serve-tus.ts'
import { toTusProblem, tusVersion } from './tus-problems.ts'

type TusContext = RouterContext<UserState>
type IdInput = { params: { id: string } }

/** For requests that create nothing: the largest file was checked when the upload was created. */
const anySize = { maxBytes: Number.MAX_SAFE_INTEGER }

/** `POST /uploads`: begins a resumable upload (tus 1.0.0), with its first bytes if it has a body. */
export function createUpload(deps: TusDeps) {
  return withTusProblems(async (ctx: TusContext) => {
    const fileBytes = Number(ctx.get('Upload-Length') || Number.NaN)
    if (fileBytes === 0) throw problem(uploads.fileEmpty, { detail: 'The file is empty.' })
    const hasBody = ctx.get('Content-Type') === 'application/offset+octet-stream'
    await admitUpload(ctx, deps, { fileBytes: fileBytes || 0 }, ({ maxBytes, signal, isStored }) =>
      serveTus(ctx, { maxBytes, signal: hasBody ? signal : undefined, onCreated: isStored }, deps),
    )
  })
}

/** `GET` or `HEAD /uploads/{id}`: how far an upload is. */
export function getUpload(deps: TusDeps) {
  return withTusProblems(async (ctx: TusContext, { params: { id } }: IdInput) => {
    const found = await findOrFinish(ctx, id, deps)
    if (ctx.method === 'HEAD') {
      await serveTus(ctx, anySize, deps)
      // The type that `GET` has.
      ctx.set('Content-Type', 'application/json; charset=utf-8')
      return
    }
    const { upload, video } = found
    ctx.set({ 'Cache-Control': 'no-store', 'Tus-Resumable': tusVersion })
    ctx.body = upload
      ? {
          id,
          fileName: upload.fileName,
          totalBytes: upload.totalBytes,
          offset: upload.offset,
          expiresAt: upload.expiresAt.toISOString(),
        }
      : {
          id,
          fileName: video.fileName,
          totalBytes: video.sizeBytes,
          offset: video.sizeBytes,
          jobId: jobHeaders(id, deps)['Jackalope-Job-Id'],
        }
  })
}

/** `PATCH /uploads/{id}`: goes on with an upload. The last one answers with the job. */
export function appendToUpload(deps: TusDeps) {
  return withTusProblems(async (ctx: TusContext, { params: { id } }: IdInput) => {
    if (!ctx.is('application/offset+octet-stream'))
      throw problem(uploads.chunkExpected, {
        detail: 'Send the bytes with "Content-Type: application/offset+octet-stream".',
      })
    const { video } = await findOrFinish(ctx, id, deps)
    if (video) repeatLastAnswer(ctx, video.sizeBytes)
    else
      await admitUpload(ctx, deps, { isCounted: false }, ({ signal }) =>
        serveTus(ctx, { ...anySize, signal }, deps),
      )
  })
}

/** `DELETE /uploads/{id}`: gives an upload up. */
export function deleteUpload(deps: TusDeps) {
  return withTusProblems(async (ctx: TusContext, { params: { id } }: IdInput) => {
    const { video } = await findUpload(id, ctx.state.userId, deps.videos)
    if (video)
      throw problem(uploads.uploadComplete, {
        detail: 'The upload is complete, and cannot be given up any more. Delete its job instead.',
      })
    await serveTus(ctx, anySize, deps)
  })
}

/** Finds the upload. One that has all its bytes, and whose last answer may have been lost, is finished now: clients take
 *  an offset at the end for success. */
async function findOrFinish(ctx: TusContext, id: string, deps: TusDeps) {
  const found = await findUpload(id, ctx.state.userId, deps.videos)
  if (found.upload && found.upload.offset < found.upload.totalBytes) return found
  const video = found.video ?? (await finishUpload(id, deps))
  if (found.video) await ensureConversion(video, deps.conversions)
  ctx.set(jobHeaders(id, deps))
  return { video, upload: undefined }
}

function repeatLastAnswer(ctx: TusContext, sizeBytes: number): void {
  if (ctx.get('Upload-Offset') !== String(sizeBytes))
    throw problem(uploads.offsetConflict, { detail: `The upload is complete: it has ${sizeBytes} bytes.` })
  ctx.status = 204
  ctx.set({ 'Tus-Resumable': tusVersion, 'Upload-Offset': String(sizeBytes) })
}

/** Each answer of the protocol bears its version. */
function withTusProblems<Rest extends unknown[]>(handler: (ctx: TusContext, ...rest: Rest) => Promise<void>) {
  return async (ctx: TusContext, ...rest: Rest): Promise<void> => {
    try {
      await handler(ctx, ...rest)
    } catch (error) {
      throw toTusProblem(error)
    }
  }
}
