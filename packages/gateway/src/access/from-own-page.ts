import { problem } from '@jackalope/service-kit'
import { crossSiteRequest } from '@jackalope/service-kit/endpoint'
import type { Context } from 'koa'

/** Requires that a request which bears a cookie, or gets one, comes from a page of ours (W3C Fetch Metadata). `SameSite` does not
 *  suffice: a page of a sister domain, or of another port, is of the same site.
 *  @param origin - that of our pages, for browsers that do not send `Sec-Fetch-Site`, as over plain HTTP
 *  @throws {HttpProblem} 403 */
export function requireOwnPage(ctx: Pick<Context, 'method' | 'get'>, origin: string): void {
  const site = ctx.get('Sec-Fetch-Site')
  const isRead = ctx.method === 'GET' || ctx.method === 'HEAD'
  const isOurs = isRead
    ? // What is typed, and a link that is followed, shows no other page the answer; nor does a browser that is old.
      ['', 'none', 'same-origin'].includes(site) || ctx.get('Sec-Fetch-Mode') === 'navigate'
    : site === 'same-origin' || (site === '' && ctx.get('Origin') === origin)
  if (!isOurs)
    throw problem(crossSiteRequest, {
      detail:
        'The request is not from a page of this service. Open it at its own address; programs send a token instead.',
    })
}
