import { noToken, readBearerToken, tokenRefused } from '@jackalope/service-kit'
import type { Context } from 'koa'
import type { AppDeps } from '../app-deps.ts'

/** `GET /validate` with an access token: 200 with the token's claims, or 401. It does not ask the database: a token is
 *  valid until it expires. */
export function validate({ tokens }: Pick<AppDeps, 'tokens'>) {
  return async (ctx: Context): Promise<void> => {
    const token = readBearerToken(ctx.req)
    if (token === undefined) throw noToken()
    const claims = await tokens.verify(token)
    if (!claims) throw tokenRefused('The access token is not valid or has expired')
    ctx.body = claims
  }
}
