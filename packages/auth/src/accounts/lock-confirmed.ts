import type { Transaction } from 'sequelize'
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
  const account = await users.findById(confirmed.id, transaction)
  if (!account || account.lockedAt || account.passwordHash !== confirmed.passwordHash) throw passwordWrong()
  return account
}
