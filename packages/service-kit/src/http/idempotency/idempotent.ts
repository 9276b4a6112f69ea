import { createHash, type Hash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { Context, Middleware } from 'koa'
import { idempotencyKeyInUse, idempotencyKeyReused } from '../../endpoint/common-problems.ts'
import { type HttpProblem, problem } from '../http-problem.ts'
import { isOfEveryAnswer } from '../lasting-headers.ts'
import { networkOf } from '../network-of.ts'
import { readIdempotencyKey } from './idempotency-key.ts'
import type { IdempotencyStore, KeptAnswer } from './idempotency-store.ts'

export interface IdempotentOptions {
  store: IdempotencyStore
  /** Reads a small body; it may be read again later. @default the body is streamed */
  readBody?: (ctx: Context) => Promise<string | Buffer>
  /** Reads a streamed body that was sent again, and feeds `bodyHash`, without keeping anything. @default it is not read,
   *  and not compared */
  rereadBody?: (ctx: Context) => Promise<void>
}

/** Largest answer that is kept, in bytes. */
const maxAnswerBytes = 256 * 1024

/** Headers that say what is uploaded, where the body itself is not compared. */
const tellingHeaders = ['Content-Length', 'Upload-Length', 'Upload-Metadata']

const hashes = new WeakMap<object, Hash>()

/** Hash that the reader of a streamed body feeds with it; `undefined` if the request has no `Idempotency-Key`. */
export function bodyHash(ctx: Context): Hash | undefined {
  return hashes.get(ctx.req)
}

/** Carries requests with the same `Idempotency-Key` out once, and gives the first answer again
 *  (draft-ietf-httpapi-idempotency-key-header-07). Only answers below 400 are kept: nothing was made otherwise.
 *  @throws {HttpProblem} 400 for a malformed key, 409 while the first request runs, 422 for another request, 503 */
export function idempotent({ store, readBody, rereadBody }: IdempotentOptions): Middleware {
  return async (ctx, next) => {
    const header = ctx.get('Idempotency-Key')
    if (header === '') return next()
    const key = readIdempotencyKey(header)
    const begun = await store.begin(scopeOf(ctx), key, await headOf(ctx, { readBody, rereadBody }))
    if (begun.kind === 'running') throw inUse()
    if (begun.kind === 'other') throw reused()
    if (!readBody) hashes.set(ctx.req, createHash('sha256'))
    if (begun.kind === 'finished') {
      if (rereadBody) {
        await rereadBody(ctx)
        if (!begun.isSameBody(digestOf(ctx) ?? '')) throw reused()
      }
      return answerAgain(ctx, begun.answer)
    }
    try {
      await next()
    } catch (error) {
      await begun.release()
      throw error
    }
    const answer = answerOf(ctx)
    if (answer) await begun.finish(answer, digestOf(ctx))
    else await begun.release()
  }
}

function scopeOf({ state, path }: Context): string {
  // Of requests without a user, keys count for a path: such as registrations of one household.
  return state.userId ? `user:${state.userId}` : `network:${networkOf(state.clientAddress)}:${path}`
}

async function headOf(
  ctx: Context,
  { readBody, rereadBody }: Omit<IdempotentOptions, 'store'>,
): Promise<string> {
  const body = readBody
    ? createHash('sha256')
        .update(await readBody(ctx))
        .digest('hex')
    : rereadBody
      ? ''
      : tellingHeaders.map(name => ctx.get(name))
  return JSON.stringify([ctx.method, ctx.url, ctx.request.type, body])
}

function digestOf(ctx: Context): string | undefined {
  const hash = hashes.get(ctx.req)
  hashes.delete(ctx.req)
  return hash?.digest('hex')
}

function answerOf({ status, body, response }: Context): KeptAnswer | undefined {
  if (status >= 400 || body instanceof Readable) return undefined
  const bytes =
    body == null
      ? null
      : Buffer.from(Buffer.isBuffer(body) || typeof body === 'string' ? body : JSON.stringify(body))
  if (bytes && bytes.length > maxAnswerBytes) return undefined
  const headers = Object.entries(response.headers).filter(([name]) => !isOfEveryAnswer(name))
  return {
    status,
    headers: Object.fromEntries(headers.map(([name, value]) => [name, String(value)])),
    body: bytes === null ? null : bytes.toString('base64'),
  }
}

function answerAgain(ctx: Context, { status, headers, body }: KeptAnswer): void {
  ctx.set(headers)
  ctx.body = body === null ? null : Buffer.from(body, 'base64')
  ctx.status = status
  ctx.set('Idempotency-Replayed', 'true')
}

function inUse(): HttpProblem {
  return problem(idempotencyKeyInUse, {
    detail: 'The first request with this Idempotency-Key has not been answered yet. Try again in a second.',
    headers: { 'Retry-After': '1' },
  })
}

function reused(): HttpProblem {
  return problem(idempotencyKeyReused, {
    detail: 'Another request was sent with this Idempotency-Key. Send a new key with each new request.',
  })
}
