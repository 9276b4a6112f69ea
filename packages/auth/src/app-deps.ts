import type { Metrics, Networks } from '@jackalope/service-kit'
import type { Logger } from 'pino'
import type { AccountMails } from './account-mails/account-mails.ts'
import type { ApiKeys } from './api-keys/api-keys.ts'
import type { AuditLog } from './audit/audit-log.ts'
import type { Database } from './database/database.ts'
import type { Guests } from './guests/guests.ts'
import type { LoginAttempts } from './login/login-attempts.ts'
import type { LoginTurns } from './login/login-turns.ts'
import type { RequestThrottle } from './login/request-throttle.ts'
import type { Notices } from './notices/notices.ts'
import type { OneTimeTokens } from './one-time-tokens/one-time-tokens.ts'
import type { AuthOutbox } from './outbox/auth-outbox.ts'
import type { PasswordHasher } from './passwords/password-hasher.ts'
import type { PasswordRules } from './passwords/password-rules.ts'
import type { BrowserSessions } from './sessions/browser-sessions.ts'
import type { Sessions } from './sessions/sessions.ts'
import type { AccessTokens } from './tokens/access-tokens.ts'
import type { KeyRing } from './tokens/key-ring.ts'
import type { UserStore } from './users/user-store.ts'
import type { Attempts } from './webhooks/attempts.ts'
import type { Deliveries } from './webhooks/deliveries.ts'
import type { Webhooks } from './webhooks/webhooks.ts'

/** Dependencies of auth's HTTP API. */
export interface AppDeps {
  database: Database
  users: UserStore
  audit: AuditLog
  passwords: PasswordHasher
  passwordRules: PasswordRules
  tokens: AccessTokens
  keys: KeyRing
  sessions: Sessions
  browserSessions: BrowserSessions
  guests: Guests
  /** How long a guest is kept, in seconds; `undefined` where nobody can be one. */
  guestKeptSeconds: number | undefined
  apiKeys: ApiKeys
  webhooks: Webhooks
  deliveries: Deliveries
  webhookAttempts: Attempts
  /** Networks besides the public internet that webhooks may lead to. */
  webhookNetworks: Networks | undefined
  notices: Notices
  attempts: LoginAttempts
  turns: LoginTurns
  oneTimeTokens: OneTimeTokens
  outbox: AuthOutbox
  mails: AccountMails
  /** Resolves when RabbitMQ answers. */
  checkJobs: () => Promise<void>
  /** Whether mail addresses must be verified, since mail is on. */
  verification: boolean
  throttle: RequestThrottle
  serviceToken: string
  logger: Logger
  metrics: Metrics
  shutdown: AbortSignal
}
