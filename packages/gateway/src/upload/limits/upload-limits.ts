import type { BlobStore } from '@jackalope/blob-store'
import type { RedisConnection } from '@jackalope/service-kit'
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible'
import type { GatewayConfig } from '../../gateway-config.ts'
import type { Conversions } from '../../jobs/conversions.ts'
import type { GuestLimits } from './guest-limits.ts'
import { createRunningUploads, type RunningUploads } from './running-uploads.ts'
import { createStorageQuota, type StorageQuota } from './storage-quota.ts'
import { createTotalRoom, type TotalRoom } from './total-room.ts'
import { createUploadQuota, type UploadQuota, unverifiedQuota } from './upload-quota.ts'
import { createUploadSlots, type UploadSlots } from './upload-slots.ts'

/** What uploads must keep to. */
export interface UploadLimits {
  /** Largest file, in bytes. */
  maxBytes: number
  slots: UploadSlots
  quota: UploadQuota
  running: RunningUploads
  storage: StorageQuota
  /** Of all users' files. */
  total: TotalRoom
  guests: GuestLimits
  /** Bytes that stay free on the store's disk. */
  minFreeBytes: number
  /** Lowest rate of an upload, in bytes per second; 0 is no limit. */
  minBytesPerSecond: number
}

export interface UploadLimitsOptions {
  redis: RedisConnection
  /** Prefix of keys, for tests. @default jackalope */
  prefix?: string
  videos: BlobStore
  audios: BlobStore
  conversions: Pick<Conversions, 'openJobs'>
}

export function createUploadLimits(
  config: Pick<
    GatewayConfig,
    | 'MAX_UPLOAD_BYTES'
    | 'MAX_UPLOADS'
    | 'MAX_UPLOADS_PER_USER'
    | 'MIN_UPLOAD_BYTES_PER_SECOND'
    | 'MAX_STORED_BYTES_PER_USER'
    | 'MAX_OPEN_JOBS_PER_USER'
    | 'MAX_STORED_BYTES'
    | 'MIN_FREE_BYTES'
    | 'GUEST_MAX_UPLOAD_BYTES'
    | 'GUEST_MAX_STORED_BYTES'
    | 'GUEST_MAX_OPEN_JOBS'
  >,
  { redis, prefix = 'jackalope', videos, audios, conversions }: UploadLimitsOptions,
): UploadLimits {
  const limits = { points: unverifiedQuota.uploads, duration: unverifiedQuota.seconds }
  const limiter = new RateLimiterRedis({
    storeClient: redis.client,
    keyPrefix: `${prefix}:unverified-uploads`,
    ...limits,
    // While Redis is away each process counts for itself.
    insuranceLimiter: new RateLimiterMemory(limits),
  })
  const users = {
    maxBytes: config.MAX_STORED_BYTES_PER_USER || Number.POSITIVE_INFINITY,
    maxJobs: config.MAX_OPEN_JOBS_PER_USER || Number.POSITIVE_INFINITY,
  }
  const guests = {
    maxUploadBytes: config.GUEST_MAX_UPLOAD_BYTES,
    maxBytes: Math.min(users.maxBytes, config.GUEST_MAX_STORED_BYTES),
    maxJobs: Math.min(users.maxJobs, config.GUEST_MAX_OPEN_JOBS),
  }
  return {
    guests,
    maxBytes: config.MAX_UPLOAD_BYTES,
    slots: createUploadSlots({ max: config.MAX_UPLOADS, maxPerUser: config.MAX_UPLOADS_PER_USER }),
    quota: createUploadQuota({
      maxBytes: config.MAX_UPLOAD_BYTES,
      guestMaxBytes: config.GUEST_MAX_UPLOAD_BYTES,
      limiter,
    }),
    running: createRunningUploads({ redis, prefix }),
    storage: createStorageQuota({ users, guests }, { videos, audios, conversions }),
    total: createTotalRoom(config.MAX_STORED_BYTES || Number.POSITIVE_INFINITY, { videos, audios }),
    minFreeBytes: config.MIN_FREE_BYTES,
    minBytesPerSecond: config.MIN_UPLOAD_BYTES_PER_SECOND,
  }
}
