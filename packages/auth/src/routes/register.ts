import type { User } from '@jackalope/contracts'
import { users as endpoints } from '@jackalope/contracts/api'
import { type EndpointHandler, problem } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'

/** `POST /register`: 201 with the new user, or 409 if the mail address is taken. */
export function register({
  users,
  passwords,
}: Pick<AppDeps, 'users' | 'passwords'>): EndpointHandler<typeof endpoints.register, UserState> {
  return async (ctx, { body: { email, password } }) => {
    const account = await users.create({ email, passwordHash: await passwords.hash(password) })
    if (!account)
      throw problem(endpoints.emailTaken, {
        detail: 'This e-mail address is registered already. Log in, or register another one.',
      })
    ctx.status = 201
    ctx.body = { id: account.id, email: account.email } satisfies User
  }
}
