import { z } from 'zod'

/** What an entry of the audit log says was done. */
export const auditAction = z.enum([
  'registered',
  /** Somebody began to try the service without an account. */
  'guest-created',
  'email-verified',
  'password-reset-requested',
  'password-reset',
  'password-changed',
  'email-change-requested',
  'email-changed',
  'account-exported',
  'account-deleted',
  'logged-in',
  'logged-out',
  /** One session, or all of them, were ended from the list of sessions. */
  'session-ended',
  /** A refresh token was used twice: its session was ended. */
  'refresh-token-reused',
  'api-key-created',
  'api-key-revoked',
  'webhook-created',
  'webhook-changed',
  'webhook-deleted',
  'webhook-secret-rotated',
  /** It had failed for days, or was gone. */
  'webhook-disabled',
  /** By its owner, or by the link of a mail. */
  'notices-changed',
  'account-locked',
  'account-unlocked',
  'role-granted',
  /** By an admin, to the service: a job that failed for good runs again. */
  'dead-letter-replayed',
  'dead-letter-removed',
  'upkeep-requested',
])
export type AuditAction = z.infer<typeof auditAction>
