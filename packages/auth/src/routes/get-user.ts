import { type User, userUnknown } from '@jackalope/contracts'
import { HttpProblem, noToken, readBearerToken, tokenRefused } from '@jackalope/service-kit'
import type { RouterContext } from '@koa/router'
import type { AppDeps } from '../app-deps.ts'
import { isSameSecret } from '../tokens/is-same-secret.ts'

/** `GET /internal/users/:id` with the service token: a user's mail address, for services that send mails. */
export function getUser({ users, serviceToken }: Pick<AppDeps, 'users' | 'serviceToken'>) {
  return async (ctx: RouterContext): Promise<void> => {
    const token = readBearerToken(ctx.req)
    if (token === undefined) throw noToken()
    if (!isSameSecret(token, serviceToken))
      throw tokenRefused('This is not the service token', {
        advice: 'Set SERVICE_TOKEN to the same value in both services.',
      })
    const account = await users.findById(ctx.params.id ?? '')
    if (!account) throw new HttpProblem(404, { code: userUnknown, detail: 'There is no such user.' })
    ctx.body = { id: account.id, email: account.email } satisfies User
  }
}
