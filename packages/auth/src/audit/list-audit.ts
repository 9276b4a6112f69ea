import type { AdminAuditList, AuditList } from '@jackalope/contracts'
import type { accounts, admin } from '@jackalope/contracts/api'
import type { EndpointHandler } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import { cutPage } from '../http/cut-page.ts'
import { toAdminAuditView, toAuditView } from './audit-views.ts'

/** `GET /account/audit`. */
export function listAudit({
  audit,
}: Pick<AppDeps, 'audit'>): EndpointHandler<typeof accounts.listAudit, UserState> {
  return async (ctx, { query: { limit, before } }) => {
    const found = await audit.list({ userId: ctx.state.userId, before, limit: limit + 1 })
    const { page, next } = cutPage(ctx, found, limit, ({ id }) => String(id))
    ctx.body = { entries: page.map(toAuditView), next } satisfies AuditList
  }
}

/** `GET /admin/audit`. */
export function listAuditLog({
  audit,
}: Pick<AppDeps, 'audit'>): EndpointHandler<typeof admin.listAuditLog, UserState> {
  return async (ctx, { query: { limit, ...filter } }) => {
    const found = await audit.list({ ...filter, limit: limit + 1 })
    const { page, next } = cutPage(ctx, found, limit, ({ id }) => String(id))
    ctx.body = { entries: page.map(toAdminAuditView), next } satisfies AdminAuditList
  }
}
