import { audioFormat, type ServiceInfo } from '@jackalope/contracts'
import type { service as endpoints } from '@jackalope/contracts/api'
import type { EndpointHandler } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import { unverifiedQuota } from '../upload/limits/upload-quota.ts'

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
      unverified: {
        maxUploadBytes: Math.min(maxBytes, unverifiedQuota.maxBytes),
        uploadsPerDay: unverifiedQuota.uploads,
      },
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
