import type { Context } from 'koa'

/** A page of a list.
 *  @param found - the elements from the start of the page, one more than it holds if there are more
 *  @param limit - most elements of the page
 *  @param cursorOf - the cursor that the next page begins after
 *  @returns the page, and path and query of the next one, with the same filters, if there is one */
export function cutPage<T>(
  ctx: Pick<Context, 'path' | 'querystring'>,
  found: readonly T[],
  limit: number,
  cursorOf: (last: T) => string,
): { page: T[]; next?: string } {
  const page = found.slice(0, limit)
  const last = page.at(-1)
  if (last === undefined || found.length <= limit) return { page }
  const query = new URLSearchParams(ctx.querystring)
  query.set('before', cursorOf(last))
  return { page, next: `${ctx.path}?${query}` }
}
