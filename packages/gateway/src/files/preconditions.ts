import type { BlobInfo } from '@jackalope/blob-store'
import { files } from '@jackalope/contracts/api'
import { problem } from '@jackalope/service-kit'
import type { Context } from 'koa'

/** Checks that the file is the version that the client means (RFC 9110, sections 13.1.1, 13.1.4 and 13.2.2).
 *  @throws {HttpProblem} 412 */
export function checkPreconditions(ctx: Context, { id, storedAt }: BlobInfo): void {
  const ifMatch = ctx.get('If-Match')
  const isMeant = ifMatch ? matches(ifMatch, id) : !wasChangedSince(ctx.get('If-Unmodified-Since'), storedAt)
  if (isMeant) return
  throw problem(files.fileChanged, {
    detail: 'The file is not the version that "If-Match" or "If-Unmodified-Since" names.',
    headers: { ETag: `"${id}"` },
  })
}

/** Compares strongly: a weak tag never matches. */
function matches(header: string, id: string): boolean {
  return header.split(',').some(tag => tag.trim() === '*' || tag.trim() === `"${id}"`)
}

/** An invalid date is ignored. Dates of HTTP have whole seconds. */
function wasChangedSince(header: string, storedAt: Date): boolean {
  const time = Date.parse(header)
  return Math.floor(storedAt.getTime() / 1_000) * 1_000 > time
}
