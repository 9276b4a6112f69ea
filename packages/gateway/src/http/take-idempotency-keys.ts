import { passedToAuth } from '@jackalope/contracts/api'
import { type IdempotencyStore, idempotent, readJson } from '@jackalope/service-kit'
import type { Endpoint } from '@jackalope/service-kit/endpoint'
import type { Context, Middleware } from 'koa'
import { type RereadDeps, rereadUpload } from '../upload/reread-upload.ts'
import { readSmallBody } from './read-small-body.ts'

/** Gives what takes the `Idempotency-Key` of an endpoint's requests, if it takes any. */
export function takeIdempotencyKeys(deps: RereadDeps & { idempotency: IdempotencyStore }) {
  const { idempotency: store } = deps
  return ({ id, path, takesIdempotencyKey, rawBody }: Endpoint): Middleware[] => {
    if (!takesIdempotencyKey) return []
    if (!rawBody) {
      const isPassed = passedToAuth.some(passed => passed.id === id)
      return [idempotent({ store, readBody: isPassed ? ctx => readSmallBody(ctx.req) : readJsonText })]
    }
    // The bytes of a resumable upload are compared by nobody: it is resumed, and not sent again.
    const isResumable = path.startsWith('/uploads')
    return [idempotent({ store, rereadBody: isResumable ? undefined : rereadUpload(deps) })]
  }
}

async function readJsonText(ctx: Context): Promise<string> {
  return JSON.stringify((await readJson(ctx)) ?? null)
}
