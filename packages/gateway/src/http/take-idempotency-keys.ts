import { passedToAuth } from '@jackalope/contracts/api'
import { type IdempotencyStore, idempotent, readJson } from '@jackalope/service-kit'
import type { Endpoint } from '@jackalope/service-kit/endpoint'
import type { Context, Middleware } from 'koa'
import { authorize } from '../access/authorize.ts'
import type { UserChecks } from '../access/require-user.ts'
import { type RereadDeps, rereadUpload } from '../upload/reread-upload.ts'
import { readSmallBody } from './read-small-body.ts'

/** Gives what takes the `Idempotency-Key` of an endpoint's requests, if it takes any. */
export function takeIdempotencyKeys(deps: UserChecks & RereadDeps & { idempotency: IdempotencyStore }) {
  const { idempotency: store } = deps
  return ({ id, path, access, takesIdempotencyKey, rawBody }: Endpoint): Middleware[] => {
    if (!takesIdempotencyKey) return []
    if (!rawBody) {
      const isPassed = passedToAuth.some(passed => passed.id === id)
      if (!isPassed) return [idempotent({ store, readBody: readJsonText })]
      // A key is its user's, also where auth checks the request.
      const identify = typeof access === 'object' ? [authorize(deps)(access)] : []
      return [...identify, idempotent({ store, readBody: ctx => readSmallBody(ctx.req) })]
    }
    // The bytes of a resumable upload are compared by nobody: it is resumed, and not sent again.
    const isResumable = path.startsWith('/uploads')
    return [idempotent({ store, rereadBody: isResumable ? undefined : rereadUpload(deps) })]
  }
}

async function readJsonText(ctx: Context): Promise<string> {
  return JSON.stringify((await readJson(ctx)) ?? null)
}
