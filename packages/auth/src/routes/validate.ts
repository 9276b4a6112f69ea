import type { Context } from 'koa'
import type { AppDeps } from '../app-deps.ts'
import { readBearerToken, tokenRefused } from '../http/bearer-token.ts'

/** `GET /validate` with an access token: 200 with the token's claims, or 401. It does not ask the database: a token is
 *  valid until it expires. */
export function validate({ tokens }: Pick<AppDeps, 'tokens'>) {
  return async (ctx: Context): Promise<void> => {
    const token = readBearerToken(ctx.get('Authorization'))
    const claims = token === undefined ? undefined : tokens.verify(token)
    if (!claims) throw tokenRefused(token, 'The access token is not valid or has expired. Log in again.')
    ctx.body = claims
  }
}
