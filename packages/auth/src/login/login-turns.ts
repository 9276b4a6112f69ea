import { wideNetworkOf } from '@jackalope/service-kit'
import { createWorkLimit } from '../passwords/work-limit.ts'
import type { LoginAttempt } from './login-attempts.ts'

/** Runs the check of a login, which asks the database and hashes, when it is its turn.
 *  @param address - of the client
 *  @throws {HttpProblem} 503 when too many are waiting */
export type LoginTurns = <T>(
  attempt: Pick<LoginAttempt, 'isKnown'>,
  address: string,
  check: () => Promise<T>,
) => Promise<T>

/** A flood of logins waits here, and not for the database's connections, which everybody needs. Networks take turns; users
 *  in places from which they have logged in before have turns of their own, which no botnet can take. */
export function createLoginTurns(): LoginTurns {
  // Together fewer than the connections of the database.
  const known = createWorkLimit({ maxRunning: 3, maxWaiting: 64, maxWaitingOfOne: 16 })
  const unknown = createWorkLimit({ maxRunning: 4, maxWaiting: 64, maxWaitingOfOne: 16 })
  return ({ isKnown }, address, check) => (isKnown ? known : unknown)(wideNetworkOf(address), check)
}
