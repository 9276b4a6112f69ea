import type { Transaction } from 'sequelize'
import type { Account, UserStore } from './user-store.ts'

/** Locks an account's row until the end of the transaction; `undefined` if the account has been deleted or locked, or got
 *  another password, since it was read. */
export async function lockUnchanged(
  users: UserStore,
  read: Account,
  transaction: Transaction,
): Promise<Account | undefined> {
  const account = await users.findById(read.id, transaction)
  return account && !account.lockedAt && account.passwordHash === read.passwordHash ? account : undefined
}
