import type { Context } from 'koa'

/** Path and query of the page after the one that a request asks for, with the same filters.
 *  @param before - cursor: the last element of this page */
export function nextPage(ctx: Pick<Context, 'path' | 'querystring'>, before: string): string {
  const query = new URLSearchParams(ctx.querystring)
  query.set('before', before)
  return `${ctx.path}?${query}`
}
