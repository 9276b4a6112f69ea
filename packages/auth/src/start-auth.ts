import {
  connectRedis,
  type HttpServer,
  type RedisConnection,
  type StartContext,
  serve,
  waitFor,
} from '@jackalope/service-kit'
import type { OutboxRelay } from '@jackalope/worker-kit/outbox'
import { createAccountMails } from './account-mails/account-mails.ts'
import { createApiKeys } from './api-keys/api-keys.ts'
import { createAuditLog } from './audit/audit-log.ts'
import type { AuthConfig } from './auth-config.ts'
import { createApp } from './create-app.ts'
import { cleanUpHourly } from './database/clean-up-hourly.ts'
import { openDatabase } from './database/database.ts'
import { createGuests } from './guests/guests.ts'
import { removeExpiredGuests } from './guests/remove-expired-guests.ts'
import type { CounterPlace } from './login/counter.ts'
import { createLoginAttempts, defaultLoginLimits, type LoginLimits } from './login/login-attempts.ts'
import { createLoginTurns } from './login/login-turns.ts'
import { createRequestThrottle } from './login/request-throttle.ts'
import { createNotices } from './notices/notices.ts'
import { createOneTimeTokens } from './one-time-tokens/one-time-tokens.ts'
import { createAuthOutbox } from './outbox/auth-outbox.ts'
import { startRelay } from './outbox/start-relay.ts'
import { askForBreachedPasswords } from './passwords/breached-passwords.ts'
import { createPasswordHasher } from './passwords/password-hasher.ts'
import { createPasswordRules } from './passwords/password-rules.ts'
import { createBrowserSessions } from './sessions/browser-sessions.ts'
import { createSessions } from './sessions/sessions.ts'
import { createAccessTokens } from './tokens/access-tokens.ts'
import { createKeyRing } from './tokens/key-ring.ts'
import { createUserStore } from './users/user-store.ts'
import { createAttempts } from './webhooks/attempts.ts'
import { createDeliveries } from './webhooks/deliveries.ts'
import { createDeliveryStore } from './webhooks/delivery-store.ts'
import { requeueLostDeliveries } from './webhooks/requeue-lost.ts'
import { createWebhookStore } from './webhooks/webhook-store.ts'
import { createWebhooks } from './webhooks/webhooks.ts'

/** How long mails are kept after they were written, in milliseconds: the notifier tries for hours. */
const mailsKeptMs = 7 * 86_400_000
/** How long it is known what webhooks were sent, in milliseconds. */
const deliveriesKeptMs = 30 * 86_400_000
/** How long it is known which mails about jobs were sent, in milliseconds: longer than any job is kept. */
const noticesKeptMs = 400 * 86_400_000

export interface StartAuthOptions {
  /** Limits of failed logins, for tests. @default those of `defaultLoginLimits` */
  loginLimits?: Partial<LoginLimits>
  /** Prefix of queues and keys, for tests. @default worker-kit's */
  prefix?: string
}

/** Listens at once and answers 503 to requests that need the database. Resolves when the database is there; RabbitMQ and
 *  Redis may come later. */
export async function startAuth(
  { config, logger, resources, metrics, shutdown }: StartContext<AuthConfig>,
  { loginLimits = {}, prefix }: StartAuthOptions = {},
): Promise<HttpServer> {
  const database = resources.use(openDatabase(config.MYSQL_URL))
  const keys = await createKeyRing({
    algorithm: config.JWT_ALGORITHM,
    secret: config.JWT_SECRET,
    acceptedSecret: config.JWT_ACCEPTED_SECRET,
    privateKey: config.JWT_PRIVATE_KEY,
    acceptedPublicKeys: config.JWT_ACCEPTED_PUBLIC_KEYS,
  })
  const redis = resources.use(connectRedis(config.REDIS_URL, { logger }))
  const place = counterPlace(config, redis)
  const { BREACHED_PASSWORDS_URL: breachedUrl } = config
  const breached = breachedUrl === undefined ? undefined : askForBreachedPasswords(breachedUrl, logger)
  const verification = config.MAIL === undefined
  const users = createUserStore(database, { verification })
  const audit = createAuditLog(database)
  let relay: OutboxRelay | undefined
  const outbox = createAuthOutbox(database.sequelize)
  const oneTimeTokens = createOneTimeTokens(database, config.SERVICE_TOKEN)
  const mails = createAccountMails({ database, outbox, tokens: oneTimeTokens, enabled: verification })
  const sessions = createSessions({
    ...{ database, users, audit, mails },
    accessTokenSeconds: config.ACCESS_TOKEN_TTL_SECONDS,
  })
  const browserSessions = createBrowserSessions({ database, users, audit })
  const guestKeptMs = config.GUEST_KEPT_SECONDS * 1_000
  const guests = createGuests({
    ...{ database, users, audit, mails, outbox, browserSessions },
    keptMs: guestKeptMs,
  })
  const webhookStore = createWebhookStore(database)
  const deliveryStore = createDeliveryStore(database)
  const deliveries = createDeliveries({ database, outbox, webhooks: webhookStore, store: deliveryStore })
  const notices = createNotices(database)
  const app = createApp({
    database,
    users,
    audit,
    sessions,
    ...{ browserSessions, guests },
    guestKeptSeconds: config.GUESTS === 'on' ? config.GUEST_KEPT_SECONDS : undefined,
    apiKeys: createApiKeys({ database, users, audit, mails }),
    webhooks: createWebhooks({
      ...{ database, users, audit, mails },
      ...{ store: webhookStore, deliveries: deliveryStore },
    }),
    ...{ deliveries, notices, webhookNetworks: config.WEBHOOK_ALLOWED_NETWORKS },
    webhookAttempts: createAttempts({
      ...{ database, users, audit, mails },
      ...{ webhooks: webhookStore, deliveries: deliveryStore },
      disableAfterMs: config.WEBHOOK_DISABLE_AFTER_HOURS * 3_600_000,
    }),
    passwords: await createPasswordHasher(),
    tokens: createAccessTokens({ keys, ttlSeconds: config.ACCESS_TOKEN_TTL_SECONDS }),
    keys,
    ...{ oneTimeTokens, outbox, mails, verification },
    async checkJobs() {
      if (!relay) throw new Error('not connected yet')
      await relay.check()
    },
    passwordRules: createPasswordRules(breached),
    attempts: createLoginAttempts(place, { ...defaultLoginLimits, ...loginLimits }),
    turns: createLoginTurns(),
    throttle: createRequestThrottle(place),
    serviceToken: config.SERVICE_TOKEN,
    logger,
    metrics,
    shutdown,
  })
  const server = resources.use(await serve(app, { host: config.HOST, port: config.PORT, logger }))
  const prepare = () => database.prepare(shutdown)
  const migrations = await waitFor('the user database', prepare, { logger, signal: shutdown })
  if (migrations.length > 0) logger.info({ migrations }, 'tables brought up to date')
  relay = startRelay({ outbox, amqpUrl: config.AMQP_URL, prefix, logger, metrics, resources })
  const before = (ageMs: number) => new Date(Date.now() - ageMs)
  const auditKeptMs = config.AUDIT_DAYS * 86_400_000
  const expired = [
    { what: 'sessions', remove: sessions.removeExpired },
    { what: 'links', remove: oneTimeTokens.removeExpired },
    { what: 'mails', remove: (limit: number) => mails.removeBefore(before(mailsKeptMs), limit) },
    {
      what: 'webhook events',
      remove: (limit: number) => deliveries.removeBefore(before(deliveriesKeptMs), limit),
    },
    { what: 'notices', remove: (limit: number) => notices.removeBefore(before(noticesKeptMs), limit) },
    { what: 'audit entries', remove: (limit: number) => audit.removeBefore(before(auditKeptMs), limit) },
  ]
  void cleanUpHourly(expired, { logger, signal: shutdown })
  void removeExpiredGuests(guests, { keptMs: guestKeptMs, logger, signal: shutdown })
  void requeueLostDeliveries(deliveries, { logger, signal: shutdown })
  return server
}

/** Two installations may share a Redis server, but never a database. */
function counterPlace({ MYSQL_URL }: AuthConfig, redis: RedisConnection): CounterPlace {
  return { redis, prefix: `jackalope:auth:${new URL(MYSQL_URL).pathname.slice(1)}:` }
}
