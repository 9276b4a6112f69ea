import { accounts as endpoints } from '@jackalope/contracts/api'
import { type HttpProblem, problem } from '@jackalope/service-kit'
import type { Transaction } from 'sequelize'
import type { AppDeps } from '../app-deps.ts'
import type { OneTimeToken } from '../one-time-tokens/one-time-tokens.ts'
import type { TokenPurpose } from '../one-time-tokens/token-text.ts'
import type { Account } from '../users/user-store.ts'

/** Uses the token of a link in a mail, and locks its account's row until the end of the transaction. If the transaction
 *  rolls back, the token is good again.
 *  @throws {HttpProblem} 400 if the token is used, expired, of another purpose or invented, or its account is locked */
export async function useToken(
  { users, oneTimeTokens }: Pick<AppDeps, 'users' | 'oneTimeTokens'>,
  { purpose, text }: { purpose: TokenPurpose; text: string },
  transaction: Transaction,
): Promise<{ account: Account; token: OneTimeToken }> {
  const token = await oneTimeTokens.look(purpose, text, transaction)
  // First the account's row, then the token's, as everywhere: two at once make no deadlock.
  const account = token && (await users.findById(token.userId, transaction))
  if (!account || account.lockedAt || !(await oneTimeTokens.use(token.id, transaction))) throw linkInvalid()
  return { account, token }
}

/** The error 400 for a token that is good for nothing. */
export function linkInvalid(): HttpProblem {
  return problem(endpoints.oneTimeTokenInvalid, {
    detail: 'This link was used already, has expired, or is incomplete. Ask for a new one.',
  })
}
