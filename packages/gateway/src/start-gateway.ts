import { type BlobStore, openBlobStore } from '@jackalope/blob-store'
import { convertVideo, eraseAccount, storageUpkeep } from '@jackalope/contracts'
import {
  connectRedis,
  createIdempotencyStore,
  processName,
  type StartContext,
  serve,
  waitFor,
  withJobLog,
} from '@jackalope/service-kit'
import { connect, type Kit } from '@jackalope/worker-kit'
import { observeKit } from '@jackalope/worker-kit/metrics'
import { createBrowserSessions } from './access/browser-sessions.ts'
import { createApiKeyExchange } from './access/exchange-api-key.ts'
import { createSessionCookie } from './access/session-cookie.ts'
import { createVerificationKeys } from './access/verification-keys.ts'
import { createVerifyAccessToken } from './access/verify-access-token.ts'
import { createOperatorKit } from './admin/operator-kit.ts'
import { createAuthClient } from './auth/auth-client.ts'
import { createApp } from './create-app.ts'
import { createJobEvents } from './events/job-events.ts'
import { createWatcherLimits } from './events/watcher-limits.ts'
import { createDownloadLimits } from './files/download-limits.ts'
import type { GatewayConfig } from './gateway-config.ts'
import { createRateLimiting } from './http/rate-limits.ts'
import { createTurns } from './http/turns.ts'
import { claimDeadLetter, endsSubscription } from './jobs/claim-dead-letters.ts'
import { createConversions } from './jobs/conversions.ts'
import { eraseAccountOf } from './jobs/erase-account.ts'
import { keepTurns } from './jobs/line/keep-turns.ts'
import { createUserLines } from './jobs/line/user-lines.ts'
import { watchRedisMemory } from './jobs/redis-memory.ts'
import { watchConverters } from './jobs/watch-converters.ts'
import { createAccountServices } from './service/account-services.ts'
import { exchangeSession } from './session/ask-auth.ts'
import { adoptVideos } from './upkeep/adopt-videos.ts'
import { createCensusMemory } from './upkeep/census/remember-census.ts'
import { keepSchedule } from './upkeep/keep-schedule.ts'
import { observeUpkeep } from './upkeep/observe-upkeep.ts'
import { readRetention } from './upkeep/retention.ts'
import { upkeepOf } from './upkeep/run-upkeep.ts'
import { createUploadLimits } from './upload/limits/upload-limits.ts'
import { createRedisLocker } from './upload/tus/redis-locker.ts'

/** How long running uploads and downloads may go on after SIGTERM, in milliseconds. */
const closeTimeoutMs = 20_000

/** Age at which a video must have its job, in milliseconds, when Redis has lost data. */
const adoptedAfterMs = 10_000

/** How long an upload waits for the broker's confirm, in milliseconds. A recorded job is published later anyway. */
const confirmTimeoutMs = 5_000

/** A page of 100 jobs takes some 20 ms and half a megabyte. */
const listLimits = { running: 8, runningOfUser: 2, waitingOfUser: 50, waiting: 1_000 }

/** Watchers all come back at once when a gateway or Redis was away. */
const snapshotLimits = { running: 8, runningOfUser: 8, waitingOfUser: 1_000, waiting: 5_000 }

/** Lock duration of the upkeep, in milliseconds: what a dead gateway left goes on elsewhere after this time. */
const upkeepLockMs = 10_000

/** Operators look at all queues, which are others' to declare. */
const operatorOptions = { declares: false, connectTimeoutMs: 5_000, confirmTimeoutMs: 5_000 }

export interface StartGatewayOptions {
  /** Prefix of queues and keys, for tests. @default worker-kit's */
  prefix?: string
  /** Prefix of the names of the stores of blobs, for tests. @default none */
  storePrefix?: string
}

/** Listens at once and answers 503 to requests that need a server that is away. Resolves when RabbitMQ and Redis are
 *  there. */
export async function startGateway(
  { config, logger, resources, metrics, shutdown }: StartContext<GatewayConfig>,
  { prefix, storePrefix = '' }: StartGatewayOptions = {},
): Promise<{ url: string }> {
  const place = { kind: config.BLOB_STORE, url: config.MONGODB_URL, dir: config.BLOB_DIR }
  const openStore = (name: string) =>
    resources.use(openBlobStore({ place, name: storePrefix + name, logger }))
  const videos = openStore('videos')
  const audios = openStore('mp3s')

  let kit: Kit | undefined
  // Registered before the HTTP server, so closed after it: running uploads must still add their jobs.
  resources.use({ close: async () => kit?.close() })
  const keys = createVerificationKeys({
    algorithm: config.JWT_ALGORITHM,
    secret: config.JWT_SECRET,
    acceptedSecret: config.JWT_ACCEPTED_SECRET,
    authUrl: config.AUTH_URL,
    logger,
  })
  const redis = resources.use(connectRedis(config.REDIS_URL, { logger }))
  const idleSince = watchConverters({
    queueStats: async () => (await kit?.queueStats()) ?? [],
    signal: shutdown,
  })
  const lines = createUserLines({ redis, prefix })
  const operatorKit = resources.use(
    createOperatorKit(() =>
      connect({ amqpUrl: config.AMQP_URL, redisUrl: config.REDIS_URL, prefix, logger, ...operatorOptions }),
    ),
  )
  const retention = readRetention(config)
  const censusMemory = createCensusMemory({ redis, prefix })
  const conversions = createConversions(() => kit?.queue(convertVideo), { logger, lines, idleSince })
  const jobEvents = createJobEvents({ logger })
  const auth = createAuthClient({ authUrl: config.AUTH_URL, serviceToken: config.SERVICE_TOKEN })
  const app = createApp({
    admin: { operatorKit, censusMemory, retention, storeKind: config.BLOB_STORE, limits: config },
    videos,
    audios,
    auth,
    accountServices: createAccountServices({ auth }),
    retention,
    conversions,
    jobEvents,
    watcherLimits: createWatcherLimits(),
    downloadLimits: createDownloadLimits(),
    listTurns: createTurns(listLimits),
    snapshotTurns: createTurns(snapshotLimits),
    checkJobs: async () => {
      if (!kit) throw new Error('not connected yet')
      await kit.check()
    },
    verifyAccessToken: createVerifyAccessToken(keys),
    uploadLimits: createUploadLimits(config, { redis, prefix, videos, audios, conversions }),
    exchangeApiKey: createApiKeyExchange({ authUrl: config.AUTH_URL, serviceToken: config.SERVICE_TOKEN }),
    browserSessions: createBrowserSessions({
      cookie: createSessionCookie(config.PUBLIC_URL),
      publicUrl: config.PUBLIC_URL,
      ask: (ctx, token) => exchangeSession(ctx, token, auth),
    }),
    uploadLocker: createRedisLocker({ redis, prefix }),
    publicUrl: path => config.PUBLIC_URL + path,
    idempotency: createIdempotencyStore({ redis, logger, prefix }),
    rateLimiting: createRateLimiting(config.RATE_LIMITS, { redis, prefix }),
    corsOrigins: config.CORS_ORIGINS,
    isTrustedProxy: config.TRUSTED_PROXIES,
    isHttps: config.PUBLIC_URL.startsWith('https:'),
    linkSecret: config.LINK_SECRET,
    linkSecrets: [config.LINK_SECRET, config.LINK_ACCEPTED_SECRET].filter(secret => secret !== undefined),
    logger,
    metrics,
    shutdown,
  })
  const { HOST: host, PORT: port } = config
  // A whole request has no time limit: a large video on a slow line takes hours.
  const isTrustedProxy = config.TRUSTED_PROXIES
  const options = { host, port, logger, requestTimeoutMs: 0, closeTimeoutMs, isTrustedProxy }
  const { url } = resources.use(await serve(app, options))

  const { AMQP_URL: amqpUrl, REDIS_URL: redisUrl } = config
  const attempt = () => connect({ amqpUrl, redisUrl, prefix, logger, confirmTimeoutMs })
  kit = await waitFor('RabbitMQ and Redis', attempt, { logger, signal: shutdown })
  observeKit(kit, { register: metrics })
  jobEvents.follow(kit)
  const adopt = () =>
    adoptVideos({ videos, conversions, logger, graceMs: adoptedAfterMs }, Date.now(), shutdown)
  watchRedisMemory({ redis, adopt, logger, signal: shutdown, prefix })
  keepTurns({ lines, queue: kit.queue(convertVideo), redis, logger, signal: shutdown, prefix })
  const name = processName()
  kit.work(eraseAccount, withJobLog(eraseAccountOf({ videos, audios, conversions, jobEvents })), { name })
  const getQueue = () => kit?.queue(convertVideo)
  const upkeep = upkeepOf(
    { videos, audios, conversions, jobEvents, getQueue, retention, censusMemory },
    observeUpkeep(metrics),
  )
  kit.work(storageUpkeep, withJobLog(upkeep), { name, lockDurationMs: upkeepLockMs })
  keepSchedule(kit.queue(storageUpkeep), { intervalMs: retention.intervalMs, logger, signal: shutdown })
  // The shutdown has closed everything before the connection was there.
  if (shutdown.aborted) await kit.close()
  else await claimDeadLetters(kit, videos)
  return { url }
}

/** Claims the ends of conversions that fail without an attempt. */
async function claimDeadLetters(kit: Kit, videos: BlobStore): Promise<void> {
  const deps = { videos, deadLetters: kit.deadLetters(convertVideo) }
  await kit.onDeadLetter(convertVideo, endsSubscription, letter => claimDeadLetter(letter, deps))
}
