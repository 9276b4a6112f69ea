import { accounts as endpoints } from '@jackalope/contracts/api'
import { problem } from '@jackalope/service-kit'
import type { AppDeps } from '../app-deps.ts'
import type { Client } from '../audit/audit-log.ts'
import type { Account } from '../users/user-store.ts'

/** Requires the account's password before a change that a stolen access token must not suffice for. Wrong ones count like
 *  failed logins.
 *  @throws {HttpProblem} 403 if it is wrong, 429 after too many wrong ones */
export async function confirmPassword(
  { attempts, passwords }: Pick<AppDeps, 'attempts' | 'passwords'>,
  { account, password, client }: { account: Account; password: string; client: Client },
): Promise<void> {
  const attempt = await attempts.begin(account.email, client.address)
  let matches: boolean
  try {
    matches = await passwords.verify(account.passwordHash, password, client.address)
  } catch (error) {
    await attempt.undecided()
    throw error
  }
  if (!matches) throw passwordWrong()
  await attempt.succeeded()
}

/** The error 403 for a wrong current password. */
export function passwordWrong() {
  return problem(endpoints.passwordWrong, { detail: 'The current password is wrong.' })
}
