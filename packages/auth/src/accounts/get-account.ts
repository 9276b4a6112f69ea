import type { AccountRecords, AccountView } from '@jackalope/contracts'
import type { accounts as endpoints } from '@jackalope/contracts/api'
import type { EndpointHandler } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import { toAuditView } from '../audit/audit-views.ts'
import type { OneTimeTokens } from '../one-time-tokens/one-time-tokens.ts'
import type { Account } from '../users/user-store.ts'
import { payloadOf, toDeliveryView, toWebhookView } from '../webhooks/webhook-views.ts'

/** Most entries of the audit log in an export. */
const maxExportedEntries = 10_000
/** Most deliveries of webhooks in an export. */
const maxExportedDeliveries = 1_000

/** `GET /account`. */
export function getAccount({
  oneTimeTokens,
}: Pick<AppDeps, 'oneTimeTokens'>): EndpointHandler<typeof endpoints.getAccount, UserState> {
  return async ctx => {
    ctx.body = await accountViewOf(ctx.state.account, oneTimeTokens)
  }
}

type ExportDeps = Pick<
  AppDeps,
  'database' | 'oneTimeTokens' | 'sessions' | 'apiKeys' | 'webhooks' | 'deliveries' | 'audit'
>

/** All that auth knows of a user (GDPR, article 15 and 20). The gateway adds the rest to `GET /account/export`. */
export function exportAccountRecords(
  deps: ExportDeps,
): EndpointHandler<typeof endpoints.exportAccountRecords, UserState> {
  return async ctx => {
    const { account, userId, client } = ctx.state
    const entry = { userId, actorId: userId, action: 'account-exported', client } as const
    await deps.database.transaction(transaction => deps.audit.record(entry, transaction))
    const [view, sessions, apiKeys, webhooks, deliveries, entries] = await Promise.all([
      accountViewOf(account, deps.oneTimeTokens),
      deps.sessions.list(userId),
      deps.apiKeys.list(userId),
      deps.webhooks.list(userId),
      deps.deliveries.listOfUser(userId, maxExportedDeliveries),
      deps.audit.list({ userId, limit: maxExportedEntries }),
    ])
    ctx.body = {
      exportedAt: new Date().toISOString(),
      account: view,
      sessions: sessions.map(session => ({ ...session })),
      apiKeys: apiKeys.map(apiKey => ({ ...apiKey })),
      webhooks: webhooks.map(toWebhookView),
      webhookDeliveries: deliveries.map(each => ({ ...toDeliveryView(each), payload: payloadOf(each) })),
      audit: entries.map(toAuditView),
    } satisfies AccountRecords
  }
}

/** An account as its owner sees it. */
export async function accountViewOf(account: Account, oneTimeTokens: OneTimeTokens): Promise<AccountView> {
  const change = await oneTimeTokens.latest(account.id, 'email-change')
  return {
    id: account.id,
    email: account.email,
    emailVerified: account.emailVerified,
    pendingEmail: change?.email,
    roles: [...account.roles],
    notices: account.notices,
    language: account.language,
    createdAt: account.createdAt.toISOString(),
  }
}
