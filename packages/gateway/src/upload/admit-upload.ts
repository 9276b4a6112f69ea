import type { RequestUser } from '@jackalope/contracts'
import { uploads } from '@jackalope/contracts/api'
import { HttpProblem, liftDeadline, problem } from '@jackalope/service-kit'
import type { Context } from 'koa'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import { isGuest } from './limits/guest-limits.ts'
import type { RunningUpload } from './limits/running-uploads.ts'
import { watchSlowness } from './limits/slowness.ts'

export type AdmitDeps = Pick<AppDeps, 'videos' | 'conversions' | 'uploadLimits'>

/** An upload that may begin. */
export interface AdmittedUpload {
  /** Largest file, in bytes. */
  maxBytes: number
  /** Aborted when the upload must end, with the problem to be answered. */
  signal: AbortSignal
  /** To be called when the store counts the upload itself, though it is not complete. */
  isStored: () => Promise<void>
}

export interface AdmitOptions {
  /** What a body of the largest size has besides the file, in bytes. @default 0 */
  extraBytes?: number
  /** Size of the file, in bytes, if it is not that of the body. */
  fileBytes?: number
  /** Whether the upload counts for the user's quota. @default true */
  isCounted?: boolean
}

/** Runs an upload, if it may begin. All refusals come before the first byte of the body is read, so that a client that
 *  sent `Expect: 100-continue` sends none.
 *  @throws {HttpProblem} 413, 429, 503, 507 */
export async function admitUpload<T>(
  ctx: Context & { state: UserState },
  { videos, conversions, uploadLimits }: AdmitDeps,
  { extraBytes = 0, fileBytes = 0, isCounted = true }: AdmitOptions,
  run: (upload: AdmittedUpload) => Promise<T>,
): Promise<T> {
  const { user } = ctx.state
  const { slots, quota, running, storage, total, minFreeBytes, minBytesPerSecond } = uploadLimits
  const maxBytes = quota.maxBytes(user)
  const lengthBytes = Number(ctx.get('Content-Length'))
  if (lengthBytes > maxBytes + extraBytes || fileBytes > maxBytes) throw fileTooLarge(maxBytes, user)
  const release = slots.take(user.id)
  const seenBytes = ctx.req.socket.bytesRead
  const knownBytes = Math.max(lengthBytes, fileBytes)
  const wantedBytes = Math.min(knownBytes || maxBytes, maxBytes)
  let counted: RunningUpload | undefined
  try {
    const upload = await running.begin({
      // Requests that go on with an upload belong to one that is counted.
      ownerId: isCounted ? user.id : undefined,
      bytes: wantedBytes,
      remainingBytes: () => Math.max(knownBytes - (ctx.req.socket.bytesRead - seenBytes), 0),
    })
    counted = upload
    const { others } = upload
    await conversions.check()
    // Check before the client sends two gigabytes in vain.
    const leastBytes = fileBytes || Math.max(lengthBytes - extraBytes, 0)
    const allowed = isCounted
      ? await storage.allow(user, { leastBytes, wantedBytes }, others)
      : { maxBytes, tooLarge: () => undefined }
    await videos.ensureRoom(knownBytes + others.remainingBytes + minFreeBytes)
    await total.ensure(knownBytes + others.remainingBytes)
    const takeBack = isCounted ? await quota.count(user) : async () => {}
    // A large video on a slow line takes hours; the body has a minimum rate instead.
    liftDeadline(ctx)
    const { signal, end } = watchSlowness(ctx.req, { minBytesPerSecond })
    try {
      return await run({ maxBytes: allowed.maxBytes, signal, isStored: () => upload.disown() })
    } catch (error) {
      await takeBack()
      throw (isTooLarge(error) && allowed.tooLarge()) || error
    } finally {
      end()
    }
  } finally {
    release()
    await counted?.end()
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof HttpProblem && error.code === uploads.fileTooLarge.code
}

/** @param user - who may send more when he has confirmed his address is told so */
export function fileTooLarge(maxBytes: number, user?: Pick<RequestUser, 'emailVerified' | 'roles'>) {
  const isUnverified = user !== undefined && !user.emailVerified && !isGuest(user)
  return problem(uploads.fileTooLarge, {
    detail: `The file may have ${maxBytes} bytes at most${isUnverified ? ' until you have confirmed your mail address' : ''}.`,
    extensions: { maxBytes },
  })
}
