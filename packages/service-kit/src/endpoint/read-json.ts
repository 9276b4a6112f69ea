import type { Context } from 'koa'
import { HttpMethodEnum, koaBody } from 'koa-body'
import { HttpProblem, problem } from '../http/http-problem.ts'
import {
  bodyLate,
  bodyTooLarge,
  encodingUnsupported,
  jsonExpected,
  jsonMalformed,
} from './common-problems.ts'

/** Largest JSON body, in bytes. A registration has a few hundred. */
const maxJsonBytes = 16 * 1024

const parseBody = koaBody({
  jsonTypes: ['application/json'],
  jsonLimit: maxJsonBytes,
  urlencoded: false,
  text: false,
  multipart: false,
  parsedMethods: [HttpMethodEnum.POST, HttpMethodEnum.PUT, HttpMethodEnum.PATCH, HttpMethodEnum.DELETE],
  onError(error) {
    throw toProblem(error)
  },
})

/** Bodies that have been read. */
const read = new WeakMap<object, Promise<unknown>>()

/** Reads a request's body as JSON; gives `undefined` when there is no body. May be called again.
 *  @throws {HttpProblem} 415 if the content type is not JSON, 413 if the body is too large, 400 if it is not JSON */
export function readJson(ctx: Context): Promise<unknown> {
  const body = read.get(ctx.req) ?? readOnce(ctx)
  read.set(ctx.req, body)
  return body
}

async function readOnce(ctx: Context): Promise<unknown> {
  if (!hasBody(ctx)) return undefined
  if (!ctx.is('application/json'))
    throw problem(jsonExpected, {
      detail: 'Send the body as JSON, with the header "Content-Type: application/json".',
    })
  await parseBody(ctx, async () => {})
  return ctx.request.body
}

/** A body of no bytes is none (RFC 9112, section 6.3). */
function hasBody(ctx: Context): boolean {
  return ctx.get('Transfer-Encoding') !== '' || Number(ctx.get('Content-Length')) > 0
}

function toProblem(error: Error & { status?: number; type?: string }): HttpProblem {
  if (error instanceof HttpProblem) return error
  if (error.status === 413)
    return problem(bodyTooLarge, { detail: `The body may have ${maxJsonBytes} bytes at most.` })
  if (error.status === 415) return problem(encodingUnsupported, { detail: 'Send the body as plain UTF-8.' })
  if (error.status === 408) return problem(bodyLate, { detail: 'The body did not arrive in time.' })
  // The parser's message is left out: it quotes the body, which may contain a password.
  return problem(jsonMalformed, { detail: 'The body is not well-formed JSON.' })
}
