import { z } from 'zod'
import { auditAction } from './audit-action.ts'
import { jobView } from './job-view.ts'
import { language } from './notices.ts'
import { registration } from './users.ts'
import { deliveryDetails, webhookView } from './webhooks.ts'

export const emailAddress = registration.shape.email
export const newPassword = registration.shape.password

/** A password that is compared with the account's. Longer ones than a password may be are wrong in any case. */
export const currentPassword = z
  .string('must be the current password')
  .max(1_000, 'must have at most 1,000 characters')

/** The token of a link in a mail. */
export const oneTimeToken = z
  .string('must be the token of the link in the mail')
  .max(100, 'must have at most 100 characters')

/** The account of whoever asks: the answer of `GET /account`. */
export const accountView = z.object({
  id: z.string(),
  email: z.string(),
  /** Until the address is verified, no mail but the verification goes to it, and uploads are few. */
  emailVerified: z.boolean(),
  /** The address that the account is to get, once its owner has confirmed it. */
  pendingEmail: z.string().optional(),
  roles: z.array(z.string()),
  /** Whether mails tell of the ends of jobs. */
  notices: z.boolean(),
  /** Language of mails. */
  language,
  createdAt: z.iso.datetime(),
})
export type AccountView = z.infer<typeof accountView>

/** An entry of the audit log as the account's owner sees it. */
const auditEntryView = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  action: auditAction,
  /** `user`: the account's owner, logged in. `admin`: an admin, or the operator. `anonymous`: somebody who had not logged
   *  in, such as the holder of a link. */
  by: z.enum(['user', 'admin', 'anonymous']),
  /** Network address; missing for what an admin did. */
  clientAddress: z.string().optional(),
  userAgent: z.string().optional(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
})
export type AuditEntryView = z.infer<typeof auditEntryView>

/** Newest first. */
export const auditList = z.object({
  entries: z.array(auditEntryView),
  /** Path and query of the next page, if there is one. */
  next: z.string().optional(),
})
export type AuditList = z.infer<typeof auditList>

/** The same, as admins see it. */
const adminAuditEntry = auditEntryView.omit({ by: true }).extend({
  userId: z.string(),
  /** Who did it; missing if nobody had logged in. */
  actorId: z.string().optional(),
})
export const adminAuditList = auditList.extend({ entries: z.array(adminAuditEntry) })
export type AdminAuditList = z.infer<typeof adminAuditList>

/** A user as admins see him. */
export const adminUser = accountView.omit({ pendingEmail: true, notices: true, language: true }).extend({
  /** When an admin locked the account; missing if it is not locked. */
  lockedAt: z.iso.datetime().optional(),
})
export type AdminUser = z.infer<typeof adminUser>

/** Newest first. */
export const adminUserList = z.object({
  users: z.array(adminUser),
  /** Path and query of the next page, if there is one. */
  next: z.string().optional(),
})
export type AdminUserList = z.infer<typeof adminUserList>

/** All that auth knows of a user. */
export const accountRecords = z.object({
  exportedAt: z.iso.datetime(),
  account: accountView,
  sessions: z.array(z.record(z.string(), z.unknown())),
  /** Without the keys themselves. */
  apiKeys: z.array(z.record(z.string(), z.unknown())),
  /** Without their secrets. */
  webhooks: z.array(webhookView),
  /** Newest first, 1,000 at most. */
  webhookDeliveries: z.array(deliveryDetails.omit({ history: true })),
  /** Newest first, 10,000 at most. */
  audit: z.array(auditEntryView),
})
export type AccountRecords = z.infer<typeof accountRecords>

/** All that is known of a user: the answer of `GET /account/export`. */
export const accountExport = accountRecords.extend({
  /** Newest first. A file is fetched by the `audioId` of the job's result. */
  jobs: z.array(jobView),
})
export type AccountExport = z.infer<typeof accountExport>
