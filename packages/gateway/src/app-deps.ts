import type { BlobStore } from '@jackalope/blob-store'
import type { HealthCheck, IdempotencyStore, Metrics, TrustedProxies } from '@jackalope/service-kit'
import type { Locker } from '@tus/server'
import type { Logger } from 'pino'
import type { BrowserSessions } from './access/browser-sessions.ts'
import type { ExchangeApiKey } from './access/exchange-api-key.ts'
import type { VerifyAccessToken } from './access/verify-access-token.ts'
import type { OperatorDeps } from './admin/operator-deps.ts'
import type { AuthClient } from './auth/auth-client.ts'
import type { JobEvents } from './events/job-events.ts'
import type { WatcherLimits } from './events/watcher-limits.ts'
import type { DownloadLimits } from './files/download-limits.ts'
import type { RateLimiting } from './http/rate-limits.ts'
import type { Turns } from './http/turns.ts'
import type { Conversions } from './jobs/conversions.ts'
import type { AccountServices } from './service/account-services.ts'
import type { Retention } from './upkeep/retention.ts'
import type { UploadLimits } from './upload/limits/upload-limits.ts'

/** Dependencies of the gateway's HTTP API. */
export interface AppDeps {
  admin: OperatorDeps
  videos: BlobStore
  audios: BlobStore
  auth: AuthClient
  conversions: Conversions
  jobEvents: JobEvents
  watcherLimits: WatcherLimits
  downloadLimits: DownloadLimits
  /** Of lists of jobs. */
  listTurns: Turns
  /** Of the first events of streams. */
  snapshotTurns: Turns
  /** Resolves when RabbitMQ and Redis answer. */
  checkJobs: HealthCheck
  verifyAccessToken: VerifyAccessToken
  uploadLimits: UploadLimits
  exchangeApiKey: ExchangeApiKey
  browserSessions: BrowserSessions
  accountServices: AccountServices
  retention: Retention
  /** Locks of resumable uploads. */
  uploadLocker: Locker
  /** Makes an absolute address, as users reach it, of a path that begins with a slash. */
  publicUrl: (path: string) => string
  /** Key of the signed links to audio files. */
  linkSecret: string
  /** Keys of links that are accepted: that one, and another while it is changed. */
  linkSecrets: readonly string[]
  rateLimiting: RateLimiting
  idempotency: IdempotencyStore
  /** Proxies before the gateway. @default none */
  isTrustedProxy?: TrustedProxies
  /** Origins whose scripts may use the API. @default none */
  corsOrigins?: readonly string[]
  /** Whether users reach the gateway by HTTPS only. */
  isHttps: boolean
  logger: Logger
  metrics: Metrics
  shutdown: AbortSignal
}
