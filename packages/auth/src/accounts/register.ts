import { randomUUID } from 'node:crypto'
import { type Language, languages, type Registration, type User } from '@jackalope/contracts'
import { users as endpoints } from '@jackalope/contracts/api'
import { type EndpointHandler, problem } from '@jackalope/service-kit'
import type { Context } from 'koa'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import type { Client } from '../audit/audit-log.ts'
import { evenMs, takeAtLeast } from './take-at-least.ts'

type RegisterDeps = Pick<
  AppDeps,
  'database' | 'users' | 'passwords' | 'passwordRules' | 'throttle' | 'audit' | 'mails' | 'verification'
>

/** `POST /register`: 201 with the new user. If the mail address is taken, it is 409 where no mail is sent. Elsewhere the
 *  answer does not tell that: it has a random id, and the owner of the address gets a mail. */
export function register(deps: RegisterDeps): EndpointHandler<typeof endpoints.register, UserState> {
  return async (ctx, { body }) => {
    const { client } = ctx.state
    await deps.throttle.count('registration', client.address)
    await deps.passwordRules.check(body.password, body)
    const language = body.language ?? preferredLanguage(ctx)
    const made = () => create(deps, { ...body, language }, client)
    const user = deps.verification ? await takeAtLeast(evenMs, made) : await made()
    if (!user && !deps.verification)
      throw problem(endpoints.emailTaken, {
        detail: 'This e-mail address is registered already. Log in, or register another one.',
      })
    ctx.body = user ?? { id: randomUUID(), email: body.email }
    ctx.status = 201
  }
}

/** Of those that mails can have, the one that the browser prefers. */
function preferredLanguage(ctx: Pick<Context, 'get' | 'acceptsLanguages'>): Language | undefined {
  // Without the header Koa gives the first.
  if (!ctx.get('Accept-Language')) return undefined
  const preferred = ctx.acceptsLanguages([...languages])
  return languages.find(known => known === preferred)
}

/** Gives the new user; `undefined` if the mail address is taken. */
async function create(
  { database, users, passwords, audit, mails }: RegisterDeps,
  { email, password, language }: Registration,
  client: Client,
): Promise<User | undefined> {
  const passwordHash = await passwords.hash(password, client.address)
  return await database.transaction(async transaction => {
    // Looked for first, and locked: many at once would otherwise end as deadlocks. Whether it is new the unique key decides.
    const known = await users.findByEmail(email, transaction)
    const created = known ? undefined : await users.create({ email, passwordHash, language }, transaction)
    if (!created) {
      const owner = known ?? (await users.findByEmail(email, transaction))
      if (owner && !owner.lockedAt)
        await mails.send({ kind: 'already-registered', userId: owner.id, to: email, client }, transaction)
      return undefined
    }
    const { id } = created
    await audit.record({ userId: id, actorId: id, action: 'registered', client }, transaction)
    const mail = { kind: 'verify-email', link: 'verify-email', userId: id, to: email, client } as const
    await mails.send(mail, transaction)
    return { id, email }
  })
}
