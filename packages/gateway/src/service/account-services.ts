import { type AccountService, accountService } from '@jackalope/contracts'
import { service as endpoints } from '@jackalope/contracts/api'
import { unavailable } from '@jackalope/service-kit'
import type { AuthClient } from '../auth/auth-client.ts'
import { readProblem } from '../auth/read-problem.ts'

/** What auth allows in this installation. */
export interface AccountServices {
  /** @throws {HttpProblem} 503 while auth does not answer, and never has */
  get(): Promise<AccountService>
}

/** How long an answer of auth is good, in milliseconds: auth is configured anew rarely. */
const maxAgeMs = 30_000

/** How long auth is not asked again that did not answer, in milliseconds: each request would wait for it. */
const awayMs = 5_000

/** Asks auth at most twice a minute. While auth is away the last answer is good. */
export function createAccountServices({ auth }: { auth: AuthClient }): AccountServices {
  let known: AccountService | undefined
  let askAt = 0
  let asking: Promise<AccountService> | undefined

  async function ask(): Promise<AccountService> {
    const { method, path } = endpoints.getAccountService
    const response = await auth.sendAsService({ method, path, body: Buffer.alloc(0) })
    if (!response.ok) throw unavailable('The user service', { cause: await readProblem(response) })
    known = accountService.parse(await response.json())
    askAt = Date.now() + maxAgeMs
    return known
  }

  return {
    async get() {
      if (known && Date.now() < askAt) return known
      asking ??= ask().finally(() => {
        asking = undefined
      })
      return await asking.catch(error => {
        if (!known) throw error
        askAt = Date.now() + awayMs
        return known
      })
    },
  }
}
