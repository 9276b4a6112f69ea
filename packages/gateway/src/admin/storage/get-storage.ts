import { type StorageView, storageUpkeep } from '@jackalope/contracts'
import type { adminStorage } from '@jackalope/contracts/api'
import type { EndpointHandler } from '@jackalope/service-kit'
import type { UserState } from '../../access/require-user.ts'
import type { AdminDeps } from '../admin-deps.ts'
import { nullIfNone } from './null-if-none.ts'
import { readUpkeep } from './read-upkeep.ts'

type StorageDeps = Pick<
  AdminDeps,
  'operatorKit' | 'videos' | 'censusMemory' | 'retention' | 'storeKind' | 'limits'
>

/** `GET /admin/storage`. Nothing is counted here: the upkeep has. */
export function getStorage(deps: StorageDeps): EndpointHandler<typeof adminStorage.getStorage, UserState> {
  const { videos, censusMemory, retention, storeKind: kind, limits } = deps
  return async ctx => {
    const kit = await deps.operatorKit.get()
    const [counted, upkeep, freeBytes] = await Promise.all([
      censusMemory.recall(),
      readUpkeep(kit.queue(storageUpkeep), retention),
      // Both stores are in one place, and this is the one that the gateway may measure.
      videos.freeBytes().catch(() => undefined),
    ])
    const { stores } = counted ?? {}
    ctx.set('Cache-Control', 'no-store')
    ctx.body = {
      stores: [
        { name: 'videos', kind, ...stores?.videos, freeBytes },
        { name: 'audios', kind, ...stores?.audios, freeBytes },
      ],
      countedAt: counted?.at,
      users: counted?.users,
      retention: {
        sourceSeconds: secondsOf(retention.sourceMs),
        audioSeconds: secondsOf(retention.audioMs),
        jobSeconds: secondsOf(retention.jobMs),
        orphanSeconds: retention.orphanMs / 1_000,
      },
      limits: {
        maxUploadBytes: limits.MAX_UPLOAD_BYTES,
        maxStoredBytesPerUser: nullIfNone(limits.MAX_STORED_BYTES_PER_USER),
        maxOpenJobsPerUser: nullIfNone(limits.MAX_OPEN_JOBS_PER_USER),
        minFreeBytes: limits.MIN_FREE_BYTES,
      },
      upkeep,
    } satisfies StorageView
  }
}

function secondsOf(ms: number | undefined): number | null {
  return ms === undefined ? null : ms / 1_000
}
