import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Context } from 'koa'

export interface Content {
  type: string
  bytes: Buffer
}

/** What the pages of the documentation may load and do: nothing from elsewhere, and no script or style within the page. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Sends content that is the same until the service is started anew. It is made, compressed and tagged at its first
 *  request. */
export function sendContent(make: () => Promise<Content>): (ctx: Context) => Promise<void> {
  let prepared: ReturnType<typeof prepare> | undefined
  return async ctx => {
    prepared ??= make().then(prepare)
    const { type, bytes, compressed, tag } = await prepared.catch(error => {
      prepared = undefined
      throw error
    })
    const isCompressed = ctx.acceptsEncodings('gzip', 'identity') === 'gzip'
    ctx.set('Content-Security-Policy', policy)
    ctx.set('Cache-Control', 'no-cache')
    ctx.vary('Accept-Encoding')
    // Each coding has a tag of its own (RFC 9110, section 8.8.3.3).
    ctx.etag = isCompressed ? `${tag}-gzip` : tag
    ctx.status = 200
    if (ctx.fresh) {
      ctx.status = 304
      return
    }
    if (isCompressed) ctx.set('Content-Encoding', 'gzip')
    ctx.body = isCompressed ? compressed : bytes
    ctx.set('Content-Type', type)
  }
}

async function prepare({ type, bytes }: Content) {
  const tag = createHash('sha256').update(bytes).digest('base64url').slice(0, 22)
  return { type, bytes, compressed: await promisify(gzip)(bytes), tag }
}
