import type { RedisConnection } from '@jackalope/service-kit'
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible'
import type { GatewayConfig } from '../../gateway-config.ts'
import { createUploadQuota, type UploadQuota, unverifiedQuota } from './upload-quota.ts'
import { createUploadSlots, type UploadSlots } from './upload-slots.ts'

/** What uploads must keep to. */
export interface UploadLimits {
  /** Largest file, in bytes. */
  maxBytes: number
  slots: UploadSlots
  quota: UploadQuota
  /** Lowest rate of an upload, in bytes per second; 0 is no limit. */
  minBytesPerSecond: number
}

export interface UploadLimitsOptions {
  redis: RedisConnection
  /** Prefix of keys, for tests. @default jackalope */
  prefix?: string
}

export function createUploadLimits(
  config: Pick<
    GatewayConfig,
    'MAX_UPLOAD_BYTES' | 'MAX_UPLOADS' | 'MAX_UPLOADS_PER_USER' | 'MIN_UPLOAD_BYTES_PER_SECOND'
  >,
  { redis, prefix = 'jackalope' }: UploadLimitsOptions,
): UploadLimits {
  const limits = { points: unverifiedQuota.uploads, duration: unverifiedQuota.seconds }
  const limiter = new RateLimiterRedis({
    storeClient: redis.client,
    keyPrefix: `${prefix}:unverified-uploads`,
    ...limits,
    // While Redis is away each process counts for itself.
    insuranceLimiter: new RateLimiterMemory(limits),
  })
  return {
    maxBytes: config.MAX_UPLOAD_BYTES,
    slots: createUploadSlots({ max: config.MAX_UPLOADS, maxPerUser: config.MAX_UPLOADS_PER_USER }),
    quota: createUploadQuota({ maxBytes: config.MAX_UPLOAD_BYTES, limiter }),
    minBytesPerSecond: config.MIN_UPLOAD_BYTES_PER_SECOND,
  }
}
