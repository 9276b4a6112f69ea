import { pageEndpoints, pages } from '@jackalope/contracts/api'
import { HttpProblem } from '@jackalope/service-kit'
import type { Middleware } from 'koa'
import type { Logger } from 'pino'
import { problemPage } from './refusals.ts'
import { sendPage } from './send-page.ts'

const { plainSignIn, plainGuest, plainSignOut, plainUpload } = pages
const pathsOfPlain: ReadonlySet<string> = new Set(
  [plainSignIn, plainGuest, plainSignOut, plainUpload].map(({ path }) => path),
)

/** Shows problems of pages in words; all others become problem details. */
export function pageProblems(logger: Logger): Middleware {
  const served = new Set(pageEndpoints.map(({ method, path }) => `${method} ${path}`))
  return async (ctx, next) => {
    const method = ctx.method === 'HEAD' ? 'GET' : ctx.method
    if (!served.has(`${method} ${ctx.path}`)) return next()
    try {
      await next()
    } catch (error) {
      if (!(error instanceof HttpProblem) || ctx.headerSent || !ctx.writable) throw error
      if (error.status >= 500) logger.warn({ err: error }, 'request failed')
      ctx.state.problemCode = error.code
      const back = pathsOfPlain.has(ctx.path) ? pages.showPlain.path : undefined
      sendPage(ctx, error.status, problemPage(error, ctx.state.requestId, back))
      ctx.set(error.headers)
    }
  }
}
