import { randomUUID } from 'node:crypto'
import { type Language, languages, type Registration, type User } from '@jackalope/contracts'
import { users as endpoints } from '@jackalope/contracts/api'
import { type EndpointHandler, problem } from '@jackalope/service-kit'
import type { Context } from 'koa'
import type { Transaction } from 'sequelize'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import type { Client } from '../audit/audit-log.ts'
import { lockGuest } from '../guests/guests.ts'
import { evenMs, takeAtLeast } from './take-at-least.ts'

type RegisterDeps = Pick<
  AppDeps,
  | 'database'
  | 'users'
  | 'passwords'
  | 'passwordRules'
  | 'throttle'
  | 'audit'
  | 'mails'
  | 'verification'
  | 'sessions'
  | 'browserSessions'
>

/** `POST /register`: 201 with the new user. If the mail address is taken, it is 409 where no mail is sent. Elsewhere the
 *  answer does not tell that: it has a random id, and the owner of the address gets a mail. A guest's account gets the address, and
 *  he signs in again: whoever else knew his session does not know the password. */
export function register(deps: RegisterDeps): EndpointHandler<typeof endpoints.register, UserState> {
  return async (ctx, { body }) => {
    const { client, sessionToken } = ctx.state
    await deps.throttle.count('registration', client.address)
    await deps.passwordRules.check(body.password, body)
    const language = body.language ?? preferredLanguage(ctx)
    const made = () => create(deps, { ...body, language, sessionToken }, client)
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
  deps: RegisterDeps,
  { email, password, language, sessionToken }: Registration & { sessionToken: string | undefined },
  client: Client,
): Promise<User | undefined> {
  const { database, users, passwords, audit, mails } = deps
  const guest =
    sessionToken === undefined ? undefined : await deps.browserSessions.exchange(sessionToken, client)
  const guestId = guest?.user.guest ? guest.user.id : undefined
  const passwordHash = await passwords.hash(password, client.address)
  return await database.transaction(async transaction => {
    // Looked for first, and locked: many at once would otherwise end as deadlocks. Whether it is new the unique key decides.
    const known = await users.findByEmail(email, transaction)
    const wanted = { email, passwordHash, language }
    const created = known
      ? undefined
      : ((await makeAccountOf(guestId, wanted, deps, transaction)) ??
        (await users.create(wanted, transaction)))
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

/** Gives a guest's account the address and the password. It keeps its jobs and files.
 *  @returns `undefined` if there is no such guest any more, or the mail address is taken */
async function makeAccountOf(
  guestId: string | undefined,
  { email, passwordHash, language }: { email: string; passwordHash: string; language?: Language },
  { users, sessions }: Pick<RegisterDeps, 'users' | 'sessions'>,
  transaction: Transaction,
): Promise<{ id: string } | undefined> {
  const guest = guestId === undefined ? undefined : await lockGuest({ users }, guestId, transaction)
  if (!guest || guest.lockedAt) return undefined
  const changes = {
    email,
    passwordHash,
    language: language ?? guest.language,
    roles: ['user'],
    expiresAt: null,
  }
  if (!(await users.change(guest.id, changes, transaction))) return undefined
  await sessions.endAll(guest.id, transaction)
  return guest
}
