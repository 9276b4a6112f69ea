import { type User, userUnknown } from '@jackalope/contracts'
import { HttpProblem } from '@jackalope/service-kit'
import type { RouterContext } from '@koa/router'
import type { AppDeps } from '../app-deps.ts'
import { readBearerToken, tokenRefused } from '../http/bearer-token.ts'
import { isSameSecret } from '../tokens/is-same-secret.ts'

/** `GET /internal/users/:id` with the service token: a user's mail address, for services that send mails. */
export function getUser({ users, serviceToken }: Pick<AppDeps, 'users' | 'serviceToken'>) {
  return async (ctx: RouterContext): Promise<void> => {
    const token = readBearerToken(ctx.get('Authorization'))
    if (token === undefined || !isSameSecret(token, serviceToken))
      throw tokenRefused(
        token,
        'This is not the service token. Set SERVICE_TOKEN to the same value in both services.',
      )
    const account = await users.findById(ctx.params.id ?? '')
    if (!account) throw new HttpProblem(404, { code: userUnknown, detail: 'There is no such user.' })
    ctx.body = { id: account.id, email: account.email } satisfies User
  }
}
