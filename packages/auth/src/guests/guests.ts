import { guestRole, type OpenedSession } from '@jackalope/contracts'
import type { Transaction } from 'sequelize'
import { type RemovalDeps, removeAccount } from '../accounts/remove-account.ts'
import type { Client } from '../audit/audit-log.ts'
import type { BrowserSessions } from '../sessions/browser-sessions.ts'
import type { Account } from '../users/user-store.ts'

export interface GuestsDeps extends RemovalDeps {
  browserSessions: Pick<BrowserSessions, 'startWithin'>
  /** How long a guest is kept, in milliseconds. */
  keptMs: number
}

/** Users who try the service without an account. */
export interface Guests {
  /** Adds a guest, who is signed in with a browser. */
  create(client: Client): Promise<OpenedSession>
  /** Removes guests whose time is over, with all that is theirs; at most `limit`. Gives their number. */
  removeExpired(limit: number): Promise<number>
}

export function createGuests(deps: GuestsDeps): Guests {
  const { database, users, audit, browserSessions, keptMs } = deps

  async function removeOne({ id }: Account): Promise<boolean> {
    return await database.transaction(async transaction => {
      // He may have registered at the last moment.
      const guest = await lockGuest(deps, id, transaction)
      if (!guest?.expiresAt || guest.expiresAt > new Date()) return false
      await removeAccount(deps, { account: guest }, transaction)
      return true
    })
  }

  return {
    create: client =>
      database.transaction(async transaction => {
        const guest = await users.createGuest(new Date(Date.now() + keptMs), transaction)
        const { id: userId } = guest
        await audit.record({ userId, actorId: userId, action: 'guest-created', client }, transaction)
        const opened = await browserSessions.startWithin(guest, client, transaction)
        if (!opened) throw new Error('A new guest could not be signed in')
        return opened
      }),
    async removeExpired(limit) {
      let removed = 0
      for (const guest of await users.listExpired(limit)) if (await removeOne(guest)) removed += 1
      return removed
    },
  }
}

/** Locks the row of a guest until the end of the transaction; `undefined` if it is somebody else's, or gone. */
export async function lockGuest(
  { users }: Pick<GuestsDeps, 'users'>,
  userId: string,
  transaction: Transaction,
): Promise<Account | undefined> {
  const account = await users.findById(userId, transaction)
  return account?.roles.includes(guestRole) ? account : undefined
}
