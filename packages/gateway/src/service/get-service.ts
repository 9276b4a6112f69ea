import { type AccountService, accountService, audioFormat, type ServiceInfo } from '@jackalope/contracts'
import { service as endpoints } from '@jackalope/contracts/api'
import { type EndpointHandler, unavailable } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import { readProblem } from '../auth/read-problem.ts'

/** What auth allows in this installation. */
export interface AccountServices {
  /** @throws {HttpProblem} 503 while auth does not answer, and never has */
  get(): Promise<AccountService>
}

/** How long an answer of auth is good, in milliseconds: auth is configured anew rarely. */
const maxAgeMs = 30_000

/** Asks auth at most twice a minute. While auth is away the last answer is good. */
export function createAccountServices({ auth }: Pick<AppDeps, 'auth'>): AccountServices {
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
        return known
      })
    },
  }
}

/** `GET /service`: what a page must know of this installation. */
export function getService({
  accountServices,
  uploadLimits: { maxBytes, guests: limits },
  retention,
}: Pick<AppDeps, 'accountServices' | 'uploadLimits' | 'retention'>): EndpointHandler<
  typeof endpoints.getService,
  UserState
> {
  const secondsOf = (ms: number | undefined) => (ms === undefined ? null : ms / 1_000)
  return async ctx => {
    const { registration, mail, guests } = await accountServices.get()
    ctx.set('Cache-Control', 'no-store')
    ctx.body = {
      formats: audioFormat.options,
      maxUploadBytes: maxBytes,
      retention: {
        sourceSeconds: secondsOf(retention.sourceMs),
        audioSeconds: secondsOf(retention.audioMs),
        jobSeconds: secondsOf(retention.jobMs),
      },
      ...{ registration, mail },
      guests: guests && {
        maxUploadBytes: Math.min(maxBytes, limits.maxUploadBytes),
        maxStoredBytes: limits.maxBytes,
        maxOpenJobs: limits.maxJobs,
        keptSeconds: guests.keptSeconds,
      },
    } satisfies ServiceInfo
  }
}
