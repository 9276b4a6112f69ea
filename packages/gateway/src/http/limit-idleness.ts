import type { Middleware } from 'koa'

/** A connection on which nothing moves for so long is cut, in milliseconds: a stalled upload, a reader that stopped. */
const idleTimeoutMs = 120_000

/** How long a client may go on sending a body whose answer is out, in milliseconds. */
const lingerMs = 5_000

/** Cuts connections that are held for nothing. There is no limit on how long a request takes as a whole. */
export function limitIdleness(): Middleware {
  return async (ctx, next) => {
    const { req, res } = ctx
    req.setTimeout(idleTimeoutMs)
    res.once('finish', () => {
      if (req.complete || req.destroyed) return
      req.resume()
      const timer = setTimeout(() => req.socket.destroy(), lingerMs)
      req.once('close', () => clearTimeout(timer))
    })
    try {
      await next()
    } finally {
      // Answered before the body is in. Cut off right after the answer, as "Connection: close" asks for, a client
      // that is still sending would lose the answer as well; left alone, it could hold the connection for ever.
      if (!req.complete) res.shouldKeepAlive = true
    }
  }
}
