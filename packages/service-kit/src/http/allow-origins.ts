import cors from '@koa/cors'
import type { Middleware } from 'koa'
import { textValue } from '../config/text-value.ts'

/** How long browsers keep the answer to a preflight, in seconds. Some keep it for two hours at most. */
const preflightSeconds = 7_200

/** Headers of answers that scripts of other origins may read. */
const exposedHeaders = [
  ...[
    'Content-Disposition',
    'Content-Location',
    'Content-Range',
    'ETag',
    'Idempotency-Replayed',
    'Jackalope-Job-Id',
  ],
  ...[
    'Location',
    'RateLimit',
    'RateLimit-Policy',
    'Retry-After',
    'Tus-Resumable',
    'Tus-Version',
    'Tus-Extension',
  ],
  ...['Tus-Max-Size', 'Upload-Expires', 'Upload-Length', 'Upload-Metadata', 'Upload-Offset', 'X-Request-Id'],
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
  return cors({
    origin: ctx => (allowed.includes(ctx.get('Origin')) ? ctx.get('Origin') : ''),
    allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposeHeaders: exposedHeaders,
    maxAge: preflightSeconds,
    credentials: false,
    // Problem details keep these headers already.
    keepHeadersOnError: false,
  })
}
