import type { Context } from 'koa'
import type { AppDeps } from '../app-deps.ts'

/** `GET /.well-known/jwks.json`: the public keys that verify access tokens (RFC 7517, section 5); none with HS256. */
export function jwks({ keys }: Pick<AppDeps, 'keys'>) {
  return async (ctx: Context): Promise<void> => {
    // As long as a rotation waits between the publication of a key and the first token that it signs.
    ctx.set('Cache-Control', 'public, max-age=300')
    ctx.body = keys.publicKeys
  }
}
