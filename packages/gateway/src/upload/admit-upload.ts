import { uploads } from '@jackalope/contracts/api'
import { liftDeadline, problem } from '@jackalope/service-kit'
import type { Context } from 'koa'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import { watchSlowness } from './limits/slowness.ts'

export type AdmitDeps = Pick<AppDeps, 'videos' | 'conversions' | 'uploadLimits'>

/** An upload that may begin. */
export interface AdmittedUpload {
  /** Largest file, in bytes. */
  maxBytes: number
  /** Aborted when the upload must end, with the problem to be answered. */
  signal: AbortSignal
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
  const { slots, quota, minBytesPerSecond } = uploadLimits
  const maxBytes = quota.maxBytes(user)
  const lengthBytes = Number(ctx.get('Content-Length'))
  if (lengthBytes > maxBytes + extraBytes || fileBytes > maxBytes) throw fileTooLarge(maxBytes)
  const release = slots.take(user.id)
  try {
    // Check before the client sends two gigabytes in vain.
    await Promise.all([conversions.check(), videos.ensureRoom(Math.max(lengthBytes, fileBytes))])
    const takeBack = isCounted ? await quota.count(user) : async () => {}
    // A large video on a slow line takes hours; the body has a minimum rate instead.
    liftDeadline(ctx)
    const { signal, end } = watchSlowness(ctx.req, { minBytesPerSecond })
    try {
      return await run({ maxBytes, signal })
    } catch (error) {
      await takeBack()
      throw error
    } finally {
      end()
    }
  } finally {
    release()
  }
}

export function fileTooLarge(maxBytes: number) {
  return problem(uploads.fileTooLarge, {
    detail: `The file may have ${maxBytes} bytes at most.`,
    extensions: { maxBytes },
  })
}
