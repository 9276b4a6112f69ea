import { createBullBoard } from '@bull-board/api'
import { KoaAdapter } from '@bull-board/koa'
import { operatedQueues } from '@jackalope/contracts'
import { HttpProblem, problem } from '@jackalope/service-kit'
import { methodUnknown } from '@jackalope/service-kit/endpoint'
import type { Kit } from '@jackalope/worker-kit'
import type { Context, Middleware } from 'koa'
import { requireUser, type UserChecks } from '../../access/require-user.ts'
import type { OperatorKit } from '../operator-kit.ts'
import { inlineStyles } from './inline-styles.ts'
import { PrivateAdapter } from './private-adapter.ts'
import { boardPolicy, strictPage } from './strict-page.ts'

/** Address of bull-board. */
export const boardPath = '/admin/board'

/** Serves bull-board on all queues, to admins. It only looks: what changes something is a request of its own, which is
 *  recorded. So no other methods than those that read are let through, whoever sends them. */
export function serveBoard(deps: UserChecks & { operatorKit: OperatorKit }): Middleware {
  const check = requireUser(deps, { scope: 'account', role: 'admin' })
  const boards = new WeakMap<Kit, Middleware>()
  let policy: string | undefined
  const boardOf = (kit: Kit) => {
    const board = boards.get(kit) ?? createBoard(kit)
    boards.set(kit, board)
    return board
  }
  return async (ctx, next) => {
    if (ctx.path !== boardPath && !ctx.path.startsWith(`${boardPath}/`)) return next()
    try {
      await check(ctx, async () => {})
    } catch (error) {
      if (!(error instanceof HttpProblem) || error.status !== 401 || !wantsPage(ctx)) throw error
      return ctx.redirect('/sign-in')
    }
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD')
      throw problem(methodUnknown, { detail: 'The board only looks.', headers: { Allow: 'HEAD, GET' } })
    // Found at the first look: most gateways never meet an operator.
    policy ??= boardPolicy(inlineStyles())
    ctx.set('Content-Security-Policy', policy)
    ctx.set(
      'Cache-Control',
      ctx.path.startsWith(`${boardPath}/static/`) ? 'private, max-age=3600' : 'no-store',
    )
    await boardOf(await deps.operatorKit.get())(ctx as never, async () => {})
    if (typeof ctx.body === 'string' && ctx.type === 'text/html') ctx.body = strictPage(ctx.body)
  }
}

function createBoard(kit: Kit): Middleware {
  const serverAdapter = new KoaAdapter().setBasePath(boardPath)
  createBullBoard({
    queues: operatedQueues.map(definition => new PrivateAdapter(kit.queue(definition as never).bull)),
    serverAdapter,
    options: {
      uiConfig: {
        boardTitle: 'Jackalope',
        hideDocsLink: true,
        miscLinks: [{ text: 'Jackalope', url: '/admin' }],
      },
    },
  })
  return serverAdapter.registerPlugin() as unknown as Middleware
}

/** Whether somebody goes there with a browser. */
function wantsPage(ctx: Context): boolean {
  return ctx.method === 'GET' && ctx.get('Accept').includes('text/html')
}
