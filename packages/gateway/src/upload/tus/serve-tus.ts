import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { jobIdOfVideo } from '@jackalope/contracts'
import type { RouterContext } from '@koa/router'
import { type Locker, Server } from '@tus/server'
import type { UserState } from '../../access/require-user.ts'
import type { AppDeps } from '../../app-deps.ts'
import { requestBody } from '../request-body.ts'
import { finishUpload } from './finish-upload.ts'
import { problemOfAnswer } from './tus-problems.ts'
import { TusStore } from './tus-store.ts'
import { parseChecksum } from './upload-checksum.ts'

export type TusDeps = Pick<
  AppDeps,
  'videos' | 'audios' | 'conversions' | 'uploadLimits' | 'uploadLocker' | 'publicUrl' | 'logger'
>

/** How long a request may go on after another one wants its lock, in milliseconds. */
const lockDrainTimeout = 500

/** Headers that the protocol knows; @tus/server sees no others. */
const headerNames = [
  'Content-Length',
  'Content-Type',
  'Tus-Resumable',
  'Upload-Checksum',
  'Upload-Concat',
  'Upload-Defer-Length',
  'Upload-Length',
  'Upload-Metadata',
  'Upload-Offset',
]

export interface TusRequest {
  /** Largest file, in bytes. */
  maxBytes: number
  /** Gives the request's body up, with its reason. @default the body is not read */
  signal?: AbortSignal
  /** Called when the store has noted a new upload. */
  onCreated?: () => Promise<void>
}

/** Lets @tus/server answer a request. What it answers with an error status is thrown.
 *  @throws {HttpProblem}
 *  @throws {BlobStoreError}
 *  @throws an error of @tus/server: `toTusProblem` makes a problem of it */
export async function serveTus(
  ctx: RouterContext<UserState>,
  { maxBytes, signal, onCreated }: TusRequest,
  deps: TusDeps,
): Promise<void> {
  const { videos, uploadLocker, publicUrl } = deps
  let failure: unknown
  const checksum = parseChecksum(ctx.get('Upload-Checksum'))
  const store = new TusStore({ videos, userId: ctx.state.userId, checksum, onCreated })
  const server = new Server({
    path: '/uploads',
    datastore: store,
    locker: settleBeforeUnlock(uploadLocker, store),
    maxSize: maxBytes,
    lockDrainTimeout,
    disableTerminationForFinishedUploads: true,
    namingFunction: () => randomUUID(),
    generateUrl: (_request, { id }) => publicUrl(`/uploads/${id}`),
    async onUploadFinish(_request, { id }) {
      await finishUpload(id, deps)
      return { headers: jobHeaders(id, deps) }
    },
    onResponseError(_request, error) {
      failure = error
      return undefined
    },
  })
  const response = await server.handleWeb(toRequest(ctx, signal))
  if (failure) throw failure
  if (response.status >= 400) {
    const text = await response.text()
    throw problemOfAnswer(response.status, text) ?? new Error(text)
  }
  ctx.body = null
  ctx.status = response.status
  for (const [name, value] of response.headers)
    if (!/^(access-control-|content-length$|content-type$|connection$)/.test(name)) ctx.set(name, value)
}

/** Headers that tell a client which job converts its video. */
export function jobHeaders(
  videoId: string,
  { publicUrl }: Pick<TusDeps, 'publicUrl'>,
): Record<string, string> {
  const jobId = jobIdOfVideo(videoId)
  return { 'Jackalope-Job-Id': jobId, 'Content-Location': publicUrl(`/jobs/${jobId}`) }
}

/** A lock is given back when all that arrived is stored, so that the next request is told the right offset. */
function settleBeforeUnlock(locker: Locker, store: TusStore): Locker {
  return {
    newLock(id) {
      const lock = locker.newLock(id)
      return {
        lock: (signal, requestRelease) => lock.lock(signal, requestRelease),
        async unlock() {
          await store.settled()
          await lock.unlock()
        },
      }
    },
  }
}

function toRequest(ctx: RouterContext, signal: AbortSignal | undefined): Request {
  const headers = new Headers()
  for (const name of headerNames)
    if (ctx.headers[name.toLowerCase()] !== undefined) headers.set(name, ctx.get(name))
  // The host is irrelevant: addresses in answers are made of PUBLIC_URL.
  const url = `http://gateway${ctx.path}`
  if (!signal) return new Request(url, { method: ctx.method, headers })
  const body = Readable.toWeb(requestBody(ctx.req, signal), {
    // Without it the queue would hold thousands of pieces.
    strategy: new ByteLengthQueuingStrategy({ highWaterMark: 64 * 1024 }),
  })
  return new Request(url, { method: ctx.method, headers, body: body as ReadableStream, duplex: 'half' })
}
