import type { Metrics } from '@jackalope/service-kit'
import type { Logger } from 'pino'
import type { ApiKeys } from './api-keys/api-keys.ts'
import type { AuditLog } from './audit/audit-log.ts'
import type { Database } from './database/database.ts'
import type { PasswordHasher } from './passwords/password-hasher.ts'
import type { Sessions } from './sessions/sessions.ts'
import type { AccessTokens } from './tokens/access-tokens.ts'
import type { KeyRing } from './tokens/key-ring.ts'
import type { LoginAttempts } from './users/login-attempts.ts'
import type { UserStore } from './users/user-store.ts'

/** Dependencies of auth's HTTP API. */
export interface AppDeps {
  database: Database
  users: UserStore
  audit: AuditLog
  passwords: PasswordHasher
  tokens: AccessTokens
  keys: KeyRing
  sessions: Sessions
  apiKeys: ApiKeys
  attempts: LoginAttempts
  serviceToken: string
  logger: Logger
  metrics: Metrics
  shutdown: AbortSignal
}
