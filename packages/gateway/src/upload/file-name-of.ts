import type { Context } from 'koa'
import { readFileName } from './form/part-headers.ts'

/** The name of a file that comes as a body: of the query, or of `Content-Disposition` (RFC 6266).
 *  @returns an empty name if there is none */
export function fileNameOf(ctx: Context, given: string | undefined): string {
  return given ?? readFileName(ctx.get('Content-Disposition')) ?? ''
}
