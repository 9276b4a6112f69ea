import { randomUUID } from 'node:crypto'
import {
  type Explained,
  explained,
  type NewWebhook,
  type WebhookChanges,
  webhookEvents,
} from '@jackalope/contracts'
import { tokenRefused } from '@jackalope/service-kit'
import type { Transaction } from 'sequelize'
import type { AccountMails } from '../account-mails/account-mails.ts'
import type { AuditLog, Client } from '../audit/audit-log.ts'
import type { Database } from '../database/database.ts'
import { lockUnchanged } from '../users/lock-unchanged.ts'
import type { Account, UserStore } from '../users/user-store.ts'
import type { DeliveryStore } from './delivery-store.ts'
import { makeWebhookSecret } from './webhook-secret.ts'
import type { Webhook, WebhookStore, WebhookUpdate } from './webhook-store.ts'

/** Most webhooks of a user. */
const maxWebhooks = 10

export interface WebhooksDeps {
  database: Database
  users: UserStore
  audit: Pick<AuditLog, 'record'>
  mails: Pick<AccountMails, 'send'>
  store: WebhookStore
  deliveries: DeliveryStore
}

/** The endpoints of the users. Every method throws an `HttpProblem` 503 while the database does not answer. */
export interface Webhooks {
  /** Gives the new endpoint with its secret; `undefined` if the user has as many as he can have.
   *  @throws {HttpProblem} 401 if the account has another password by now, is locked or deleted */
  create(
    account: Account,
    wanted: NewWebhook,
    client: Client,
  ): Promise<(Webhook & { secret: string }) | undefined>
  /** Oldest first. */
  list(userId: string): Promise<Webhook[]>
  find(userId: string, id: string): Promise<Webhook | undefined>
  /** `undefined`, as below, if the user has no such endpoint. */
  change(userId: string, id: string, changes: WebhookChanges, client: Client): Promise<Webhook | undefined>
  /** Gives it a new secret. @param overlapMs - how long the secret before signs, too */
  rotateSecret(
    userId: string,
    id: string,
    overlapMs: number,
    client: Client,
  ): Promise<(Webhook & { secret: string }) | undefined>
  /** Gives up what is on its way to the endpoints of a user. */
  giveUp(userId: string, reason: Explained, transaction: Transaction): Promise<void>
  /** Gives whether the user had it. */
  remove(userId: string, id: string, client: Client): Promise<boolean>
}

export function createWebhooks({ database, users, audit, mails, store, deliveries }: WebhooksDeps): Webhooks {
  async function findOwn(userId: string, id: string) {
    const webhook = await store.find(id)
    return webhook?.userId === userId ? webhook : undefined
  }

  /** Does something with an own endpoint, whose row is locked meanwhile. */
  const withOwn = <T>(
    userId: string,
    id: string,
    work: (webhook: Webhook, transaction: Transaction) => Promise<T>,
  ) =>
    database.transaction(async transaction => {
      const webhook = await store.find(id, transaction)
      return webhook?.userId === userId ? work(webhook, transaction) : undefined
    })

  return {
    create: (account, { url, events = webhookEvents, description = '' }, client) =>
      database.transaction(async transaction => {
        // The lock keeps the limit.
        const current = await lockUnchanged(users, account, transaction)
        if (!current) throw tokenRefused('The account has changed meanwhile')
        const { id: userId } = account
        if ((await store.count(userId, transaction)) >= maxWebhooks) return undefined
        const secret = makeWebhookSecret()
        const webhook: Webhook = {
          ...{ id: randomUUID(), userId, url, description, createdAt: new Date() },
          events: webhookEvents.filter(event => events.includes(event)),
          ...{ disabledAt: undefined, disabledReason: undefined },
          ...{ failingSince: undefined, pausedUntil: undefined, oldSecretExpiresAt: undefined },
        }
        await store.add(webhook, secret, transaction)
        const entry = { userId, actorId: userId, action: 'webhook-created', client } as const
        await audit.record({ ...entry, detail: { webhookId: webhook.id, host: hostOf(url) } }, transaction)
        // As with API keys: a thief of an access token could make himself an endpoint that lasts.
        const mail = { kind: 'webhook-created', userId, to: current.email, webhookUrl: url, client } as const
        if (current.emailVerified) await mails.send(mail, transaction)
        return { ...webhook, secret }
      }),
    list: userId => store.list(userId),
    find: findOwn,
    change: (userId, id, { enabled, ...changes }, client) =>
      withOwn(userId, id, async (webhook, transaction) => {
        const isMoved = changes.url !== undefined && changes.url !== webhook.url
        const update = { ...changes, ...(isMoved && { failingSince: null, pausedUntil: null }) }
        await store.update(id, { ...update, ...stateUpdate(webhook, enabled) }, transaction)
        // What thieves could make new they could lead elsewhere, too.
        const owner = isMoved ? await users.findById(userId, transaction) : undefined
        if (owner?.emailVerified) {
          const news = { userId, to: owner.email, webhookUrl: changes.url, client }
          await mails.send({ kind: 'webhook-created', ...news }, transaction)
        }
        if (enabled === false)
          await deliveries.failPending(id, explained('webhook-disabled', {}), transaction)
        const entry = { userId, actorId: userId, action: 'webhook-changed', client } as const
        await audit.record(
          { ...entry, detail: { webhookId: id, ...auditDetail(changes, enabled) } },
          transaction,
        )
        return store.find(id, transaction)
      }),
    rotateSecret: (userId, id, overlapMs, client) =>
      withOwn(userId, id, async (_webhook, transaction) => {
        const secret = makeWebhookSecret()
        await store.replaceSecret(id, secret, new Date(Date.now() + overlapMs), transaction)
        const entry = { userId, actorId: userId, action: 'webhook-secret-rotated', client } as const
        await audit.record({ ...entry, detail: { webhookId: id } }, transaction)
        const webhook = await store.find(id, transaction)
        return webhook && { ...webhook, secret }
      }),
    async giveUp(userId, reason, transaction) {
      for (const { id } of await store.list(userId, transaction))
        await deliveries.failPending(id, reason, transaction)
    },
    async remove(userId, id, client) {
      const removed = await withOwn(userId, id, async (_webhook, transaction) => {
        await store.remove(id, transaction)
        const entry = { userId, actorId: userId, action: 'webhook-deleted', client } as const
        await audit.record({ ...entry, detail: { webhookId: id } }, transaction)
        return true
      })
      return removed === true
    },
  }
}

/** An endpoint that is enabled starts anew: what it failed before does not count. */
function stateUpdate({ disabledAt }: Webhook, enabled: boolean | undefined): WebhookUpdate {
  if (enabled === true)
    return disabledAt ? { disabledAt: null, disabledReason: null, failingSince: null, pausedUntil: null } : {}
  return enabled === false && !disabledAt ? { disabledAt: new Date(), disabledReason: 'owner' } : {}
}

function auditDetail({ url }: Pick<WebhookChanges, 'url'>, enabled: boolean | undefined) {
  return { ...(url !== undefined && { host: hostOf(url) }), ...(enabled !== undefined && { enabled }) }
}

/** Addresses of endpoints may hold secrets of their receivers: the log names the host alone. */
export function hostOf(url: string): string {
  return new URL(url).host.slice(0, 255)
}
