import type { Middleware } from 'koa'
import { tusVersion } from './tus-problems.ts'
import { tusExtensions } from './tus-store.ts'
import { checksumAlgorithms } from './upload-checksum.ts'

/** `OPTIONS /uploads`: what the service can do of the protocol tus. It is public, and no preflight request. */
export function tusOptions(maxBytes: number): Middleware {
  return async (ctx, next) => {
    const isAsked = ctx.method === 'OPTIONS' && /^\/uploads(\/[^/]*)?$/.test(ctx.path)
    if (!isAsked || ctx.get('Access-Control-Request-Method')) return next()
    ctx.status = 204
    ctx.set({
      'Tus-Resumable': tusVersion,
      'Tus-Version': tusVersion,
      'Tus-Extension': tusExtensions.join(','),
      'Tus-Checksum-Algorithm': checksumAlgorithms.join(','),
      'Tus-Max-Size': String(maxBytes),
    })
  }
}
