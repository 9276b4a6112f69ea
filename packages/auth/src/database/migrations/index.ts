import { users } from './2026-11-24-users.ts'
import { accountMails } from './2026-11-29-account-mails.ts'
import { apiKeys } from './2026-11-29-api-keys.ts'
import { auditLog } from './2026-11-29-audit-log.ts'
import { oneTimeTokens } from './2026-11-29-one-time-tokens.ts'
import { outbox } from './2026-11-29-outbox.ts'
import { sessions } from './2026-11-29-sessions.ts'
import { refreshTokens } from './2026-11-29-tokens-of-sessions.ts'
import { userStates } from './2026-11-29-user-states.ts'
import { workerKitOutbox } from './2026-11-29-worker-kit-outbox.ts'
import { browserSessions } from './2026-11-30-browser-sessions.ts'
import { guests } from './2026-11-30-guests.ts'
import { mailSettings } from './2026-11-30-mail-settings.ts'
import { notices } from './2026-11-30-notices.ts'
import { webhooks } from './2026-11-30-webhooks.ts'
import { webhooksExplained } from './2026-11-30-webhooks-explained.ts'
import { webhooksPaused } from './2026-11-30-webhooks-paused.ts'
import { whatWasSent } from './2026-11-30-what-was-sent.ts'
import type { Migration } from './migration.ts'

/** All migrations, oldest first, and those of one day by name. Add new ones and never change the others. */
export const migrations: readonly Migration[] = [
  users,
  accountMails,
  apiKeys,
  auditLog,
  oneTimeTokens,
  outbox,
  sessions,
  refreshTokens,
  userStates,
  workerKitOutbox,
  browserSessions,
  guests,
  mailSettings,
  notices,
  webhooks,
  webhooksExplained,
  webhooksPaused,
  whatWasSent,
]
