import type { Transaction } from 'sequelize'
import { lockUnchanged } from '../users/lock-unchanged.ts'
import type { Account, UserStore } from '../users/user-store.ts'
import { passwordWrong } from './confirm-password.ts'

/** Locks an account's row until the end of the transaction. The row must still have the password that was confirmed: it may
 *  have been changed while the password was compared.
 *  @throws {HttpProblem} 403 otherwise */
export async function lockConfirmed(
  users: UserStore,
  confirmed: Account,
  transaction: Transaction,
): Promise<Account> {
  const account = await lockUnchanged(users, confirmed, transaction)
  if (!account) throw passwordWrong()
  return account
}
