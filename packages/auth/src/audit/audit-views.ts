import type { AdminAuditList, AuditEntryView } from '@jackalope/contracts'
import type { AuditEntry } from './audit-log.ts'

/** What happens without a user who has logged in, and is no work of a stranger either. */
const byOperator: ReadonlySet<string> = new Set(['role-granted', 'webhook-disabled'])

/** An entry as the account's owner sees it: an admin's address is not shown to him. */
export function toAuditView(entry: AuditEntry): AuditEntryView {
  const { id, at, action, userId, actorId, clientAddress, userAgent, detail } = entry
  const isOperator = actorId === undefined && byOperator.has(action)
  const by = actorId === userId ? 'user' : actorId || isOperator ? 'admin' : 'anonymous'
  const origin = by === 'admin' ? {} : { clientAddress, userAgent }
  return { id: String(id), at: at.toISOString(), action, by, ...origin, detail }
}

export function toAdminAuditView(entry: AuditEntry): AdminAuditList['entries'][number] {
  const { id, at, ...rest } = entry
  return { id: String(id), at: at.toISOString(), ...rest }
}
