import { registration, type User } from '@jackalope/contracts'
import { HttpProblem } from '@jackalope/service-kit'
import type { Context } from 'koa'
import type { AppDeps } from '../app-deps.ts'
import { readJson } from '../http/read-json.ts'

/** `POST /register`: 201 with the new user, or 409 if the mail address is taken. */
export function register({ users, passwords }: Pick<AppDeps, 'users' | 'passwords'>) {
  return async (ctx: Context): Promise<void> => {
    const { email, password } = await readJson(ctx, registration)
    const account = await users.create({ email, passwordHash: await passwords.hash(password) })
    if (!account)
      throw new HttpProblem(409, {
        code: 'email-taken',
        detail: 'This e-mail address is registered already. Log in, or register another one.',
      })
    ctx.status = 201
    ctx.body = { id: account.id, email: account.email } satisfies User
  }
}
