import { blobStoreKinds } from '@jackalope/blob-store'
import { minLinkSecretBytes, minSecretBytes, tokenAlgorithms } from '@jackalope/contracts'
import {
  absolutePath,
  connectionUrl,
  connectionUrls,
  httpUrl,
  integer,
  oneOf,
  origins,
  requireFor,
  secret,
  serviceVariables,
  trustedProxies,
} from '@jackalope/service-kit'
import { z } from 'zod'
import { rateLimits } from './http/rate-limits.ts'

const daySeconds = 86_400
const maxRetentionSeconds = 10 * 365 * daySeconds

const variables = z.object({
  ...serviceVariables,
  /** Address of auth. */
  AUTH_URL: httpUrl(),
  /** Token that shows auth that the gateway asks; the same as auth's. */
  SERVICE_TOKEN: secret(minSecretBytes),
  /** Address of the gateway as users reach it; every link in an answer begins with it. */
  PUBLIC_URL: httpUrl(),
  /** Key of the signed links to audio files; the same as the notifier's. */
  LINK_SECRET: secret(minLinkSecretBytes),
  /** A second key that is accepted: the next or the previous one while LINK_SECRET is changed. */
  LINK_ACCEPTED_SECRET: secret(minLinkSecretBytes).optional(),
  /** How access tokens are signed; the same as auth's. With `ES256` auth's public keys are fetched from it. */
  JWT_ALGORITHM: oneOf(...tokenAlgorithms).default('HS256'),
  /** Key that verifies access tokens of `HS256`; required for it, and the same as auth's. */
  JWT_SECRET: secret(minSecretBytes).optional(),
  /** A second secret that is accepted: the next or the previous one while JWT_SECRET is changed. */
  JWT_ACCEPTED_SECRET: secret(minSecretBytes).optional(),
  AMQP_URL: connectionUrls('amqp', 'amqps'),
  REDIS_URL: connectionUrl('redis', 'rediss'),
  /** Kind of the stores of videos and audio; the same as the converter's. */
  BLOB_STORE: oneOf(...blobStoreKinds).default('gridfs'),
  /** Required with `BLOB_STORE=gridfs`. */
  MONGODB_URL: connectionUrl('mongodb', 'mongodb+srv').optional(),
  /** Folder of both stores; required with `BLOB_STORE=disk`. */
  BLOB_DIR: absolutePath().optional(),
  /** Proxies before the gateway, whose `X-Forwarded-For` is believed. @default none */
  TRUSTED_PROXIES: trustedProxies().optional(),
  /** Origins whose scripts may use the API, such as `https://app.example.com`. @default none */
  CORS_ORIGINS: origins().optional(),
  /** Most requests a minute by class, where they differ from the defaults: `read=600,upload=60`. 0 is no limit. */
  RATE_LIMITS: rateLimits(),
  /** Largest video that is accepted, in bytes. @default 2 GiB */
  MAX_UPLOAD_BYTES: integer(1, Number.MAX_SAFE_INTEGER).default(2 * 1024 ** 3),
  /** Most uploads that run at once in this process; each takes about a megabyte of memory. @default 200 */
  MAX_UPLOADS: integer(1, 100_000).default(200),
  /** Most uploads that one user runs at once in this process. @default 50 */
  MAX_UPLOADS_PER_USER: integer(1, 100_000).default(50),
  /** Lowest rate of an upload, in bytes per second, on average over a minute; 0 is no limit. @default 1_000 */
  MIN_UPLOAD_BYTES_PER_SECOND: integer(0, 1_000_000_000).default(1_000),
  /** Most bytes of uploaded files and audio that one user may store; 0 is no limit. @default 50 GiB */
  MAX_STORED_BYTES_PER_USER: integer(0, Number.MAX_SAFE_INTEGER).default(50 * 1024 ** 3),
  /** Most jobs of one user that have not ended; 0 is no limit. @default 1_000 */
  MAX_OPEN_JOBS_PER_USER: integer(0, 1_000_000).default(1_000),
  /** Most bytes of uploaded files and audio of all users together; 0 is no limit. For stores that do not tell how much room they have.
   *  @default 0 */
  MAX_STORED_BYTES: integer(0, Number.MAX_SAFE_INTEGER).default(0),
  /** Largest file of a guest, in bytes; auth's GUESTS says whether there are any. @default 200 MiB */
  GUEST_MAX_UPLOAD_BYTES: integer(1, Number.MAX_SAFE_INTEGER).default(200 * 1024 ** 2),
  /** Most bytes of uploaded files and audio that a guest may store. @default 500 MiB */
  GUEST_MAX_STORED_BYTES: integer(1, Number.MAX_SAFE_INTEGER).default(500 * 1024 ** 2),
  /** Most jobs of a guest that have not ended. @default 3 */
  GUEST_MAX_OPEN_JOBS: integer(1, 1_000_000).default(3),
  /** Bytes that uploads leave free on the store's disk, for audio and for databases. @default 64 MiB */
  MIN_FREE_BYTES: integer(0, Number.MAX_SAFE_INTEGER).default(64 * 1024 ** 2),
  /** How long uploaded files are kept when their jobs have ended, in seconds; 0 is for ever. @default 1 day */
  SOURCE_RETENTION_SECONDS: integer(0, maxRetentionSeconds).default(daySeconds),
  /** How long audio files are kept, in seconds; 0 is for ever. Their jobs are listed as expired afterwards. @default 7 days */
  AUDIO_RETENTION_SECONDS: integer(0, maxRetentionSeconds).default(7 * daySeconds),
  /** How long jobs are listed whose files are gone, in seconds since the upload; 0 is for ever. @default 90 days */
  JOB_RETENTION_SECONDS: integer(0, maxRetentionSeconds).default(90 * daySeconds),
  /** How often files are looked at whose time may be over, in seconds. @default 5 minutes */
  UPKEEP_INTERVAL_SECONDS: integer(1, daySeconds).default(300),
  /** Age at which what belongs to nothing counts as left by a crash, in seconds, and time between two looks for such.
   *  @default 1 hour */
  ORPHAN_GRACE_SECONDS: integer(1, 30 * daySeconds).default(3_600),
})

/** The variables of the environment that the gateway reads. */
export const gatewayConfig = requireFor(
  requireFor(variables, 'BLOB_STORE', { gridfs: 'MONGODB_URL', disk: 'BLOB_DIR' }),
  'JWT_ALGORITHM',
  { HS256: 'JWT_SECRET' },
)
export type GatewayConfig = Readonly<z.output<typeof gatewayConfig>>
