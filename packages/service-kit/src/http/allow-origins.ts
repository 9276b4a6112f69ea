import cors from '@koa/cors'
import type { Context, Middleware } from 'koa'
import { textValue } from '../config/text-value.ts'

/** How long browsers keep the answer to a preflight, in seconds. Some keep it for two hours at most. */
const preflightSeconds = 7_200

/** Headers of answers that scripts of other origins may read. */
const exposedHeaders = [
  ...['Accept-Ranges', 'Allow', 'Content-Disposition', 'Content-Location', 'Content-Range', 'ETag', 'Link'],
  ...['Location', 'RateLimit', 'RateLimit-Policy', 'Retry-After', 'WWW-Authenticate', 'X-Request-Id'],
  ...['Idempotency-Replayed', 'Jackalope-Job-Id'],
  // The protocol tus.
  ...['Tus-Checksum-Algorithm', 'Tus-Extension', 'Tus-Max-Size', 'Tus-Resumable', 'Tus-Version'],
  ...['Upload-Expires', 'Upload-Length', 'Upload-Metadata', 'Upload-Offset'],
]

const expected = 'origins such as https://app.example.com, with commas between them'

/** Origins whose scripts may use the API: `https://app.example.com`, with commas between them. */
export function origins() {
  return textValue(expected, text =>
    text.split(',').map(entry => {
      const origin = entry.trim()
      const url = URL.parse(origin)
      if (!url || !/^https?:$/.test(url.protocol) || url.origin !== origin)
        throw new Error(`expected ${expected}, got ${JSON.stringify(origin)}`)
      return origin
    }),
  )
}

/** Lets scripts of these origins use the API (CORS). Cookies are not involved: a script sends its token itself. */
export function allowOrigins(allowed: readonly string[] = []): Middleware {
  if (allowed.length === 0) return (_ctx, next) => next()
  const originOf = (ctx: Context) => (allowed.includes(ctx.get('Origin')) ? ctx.get('Origin') : '')
  const answerCors = cors({
    origin: originOf,
    allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    // Without `allowHeaders` every header that the preflight names may be sent: no header has an effect unless the API reads it.
    exposeHeaders: exposedHeaders,
    maxAge: preflightSeconds,
    credentials: false,
    // Problem details keep these headers already.
    keepHeadersOnError: false,
  })
  return async (ctx, next) => {
    // @koa/cors adds nothing to an OPTIONS that is no preflight: with it tus asks for the limits of an upload.
    const isPreflight = ctx.get('Access-Control-Request-Method') !== ''
    if (ctx.method === 'OPTIONS' && !isPreflight && originOf(ctx))
      ctx.set({
        'Access-Control-Allow-Origin': originOf(ctx),
        'Access-Control-Expose-Headers': exposedHeaders.join(','),
      })
    await answerCors(ctx, next)
  }
}
