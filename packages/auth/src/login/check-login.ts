import { users as endpoints } from '@jackalope/contracts/api'
import { type HttpProblem, problem } from '@jackalope/service-kit'
import type { AppDeps } from '../app-deps.ts'
import type { Credentials } from '../http/basic-credentials.ts'
import { authenticate } from '../users/authenticate.ts'
import type { Account } from '../users/user-store.ts'

export type CheckLoginDeps = Pick<AppDeps, 'users' | 'passwords' | 'attempts' | 'turns'>

/** Checks a login, which counts as an attempt of its address.
 *  @param refuse - makes the error of wrong credentials, with the challenge that fits the endpoint
 *  @throws {HttpProblem} 401; 403 if the account is locked; 429; 503 */
export async function checkLogin(
  deps: CheckLoginDeps,
  credentials: Credentials,
  address: string,
  refuse: () => HttpProblem,
): Promise<Account> {
  const account = await countedAttempt(deps, credentials, address)
  if (!account) throw refuse()
  // Only who knows the password learns it.
  if (account.lockedAt)
    throw problem(endpoints.accountLocked, { detail: 'An administrator has locked this account.' })
  return account
}

async function countedAttempt(
  deps: CheckLoginDeps,
  credentials: Credentials,
  address: string,
): Promise<Account | undefined> {
  const attempt = await deps.attempts.begin(credentials.user, address)
  try {
    const check = () => authenticate(deps, credentials, address)
    const account = await deps.turns(attempt, address, check)
    if (account) await attempt.succeeded()
    return account
  } catch (error) {
    await attempt.undecided()
    throw error
  }
}

/** What was wrong, without telling which. */
export const wrongCredentials = 'E-mail address or password is wrong.'
