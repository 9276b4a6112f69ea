import { type HttpServer, type StartContext, serve, waitFor } from '@jackalope/service-kit'
import { createApiKeys } from './api-keys/api-keys.ts'
import { createAuditLog } from './audit/audit-log.ts'
import type { AuthConfig } from './auth-config.ts'
import { createApp } from './create-app.ts'
import { openDatabase } from './database/database.ts'
import { createPasswordHasher } from './passwords/password-hasher.ts'
import { cleanUpHourly } from './sessions/clean-up-hourly.ts'
import { createSessions } from './sessions/sessions.ts'
import { createAccessTokens } from './tokens/access-tokens.ts'
import { createKeyRing } from './tokens/key-ring.ts'
import { createLoginAttempts, type LoginAttemptLimits } from './users/login-attempts.ts'
import { createUserStore } from './users/user-store.ts'

/** Listens at once and answers 503 to requests that need the database. Resolves when the database is there. */
export async function startAuth(
  { config, logger, resources, metrics, shutdown }: StartContext<AuthConfig>,
  loginLimits: LoginAttemptLimits = {},
): Promise<HttpServer> {
  const database = resources.use(openDatabase(config.MYSQL_URL))
  const keys = await createKeyRing({
    algorithm: config.JWT_ALGORITHM,
    secret: config.JWT_SECRET,
    acceptedSecret: config.JWT_ACCEPTED_SECRET,
    privateKey: config.JWT_PRIVATE_KEY,
    acceptedPublicKeys: config.JWT_ACCEPTED_PUBLIC_KEYS,
  })
  const users = createUserStore(database, { verification: config.MAIL === undefined })
  const audit = createAuditLog(database)
  const sessions = createSessions({
    ...{ database, users, audit },
    accessTokenSeconds: config.ACCESS_TOKEN_TTL_SECONDS,
    tellOfReuse: async () => {},
  })
  const app = createApp({
    database,
    users,
    audit,
    sessions,
    apiKeys: createApiKeys({ database, users, audit }),
    passwords: await createPasswordHasher(),
    tokens: createAccessTokens({ keys, ttlSeconds: config.ACCESS_TOKEN_TTL_SECONDS }),
    keys,
    attempts: createLoginAttempts(loginLimits),
    serviceToken: config.SERVICE_TOKEN,
    logger,
    metrics,
    shutdown,
  })
  const server = resources.use(await serve(app, { host: config.HOST, port: config.PORT, logger }))
  const prepare = () => database.prepare(shutdown)
  const migrations = await waitFor('the user database', prepare, { logger, signal: shutdown })
  if (migrations.length > 0) logger.info({ migrations }, 'tables brought up to date')
  const expired = [{ what: 'sessions', remove: sessions.removeExpired }]
  void cleanUpHourly(expired, { logger, signal: shutdown })
  return server
}
