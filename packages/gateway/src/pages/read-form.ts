import { pages } from '@jackalope/contracts/api'
import { problem } from '@jackalope/service-kit'
import type { Context } from 'koa'
import { readSmallBody } from '../http/read-small-body.ts'

/** Reads the fields of a form that a browser sends (WHATWG URL, section 5).
 *  @throws {HttpProblem} 415 when the body is no form, 413 when it is too large, 408 when it does not arrive in time */
export async function readForm(ctx: Context): Promise<URLSearchParams> {
  if (!ctx.request.is('application/x-www-form-urlencoded'))
    throw problem(pages.formExpected, { detail: 'Programs send JSON to the endpoints of the API instead.' })
  return new URLSearchParams((await readSmallBody(ctx.req)).toString('utf8'))
}
