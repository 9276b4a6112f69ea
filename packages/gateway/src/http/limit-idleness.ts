import type { Middleware } from 'koa'

/** Longest silence on a connection, in milliseconds, such as of a stalled upload; then the connection is cut. */
const idleTimeoutMs = 120_000

/** How long a client may continue to send a body after its answer, in milliseconds. */
const lingerMs = 5_000

/** Cuts idle connections. A request as a whole has no time limit. */
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
      // The answer is sent before the body has arrived. "Connection: close" would cut the connection at once, and a
      // client that still sends would lose the answer. `lingerMs` limits how long it may send.
      if (!req.complete) res.shouldKeepAlive = true
    }
  }
}
