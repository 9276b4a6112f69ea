import { pipeline } from 'node:stream/promises'
import type { BlobInfo } from '@jackalope/blob-store'
import { bodyHash } from '@jackalope/service-kit'
import type { Context } from 'koa'
import { FileIntake, type FileIntakeOptions } from './file-intake.ts'
import { requestBody } from './request-body.ts'

/** Stores a body that is the file itself. Resolves when the blob is visible. When it rejects, everything stored has been
 *  removed.
 *  @param signal - gives the upload up, with its reason
 *  @throws {HttpProblem} 413, 422
 *  @throws {BlobStoreError} */
export async function receiveBody(
  ctx: Context,
  options: FileIntakeOptions,
  signal: AbortSignal,
): Promise<BlobInfo> {
  const intake = new FileIntake({ ...options, hash: bodyHash(ctx) })
  try {
    await pipeline(requestBody(ctx.req, signal), intake)
    return await intake.keep()
  } catch (error) {
    await intake.discard(error)
    throw error
  }
}
