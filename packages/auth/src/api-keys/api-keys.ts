import { randomUUID } from 'node:crypto'
import { type ApiKeyHolder, apiKeyScopes, isApiKey, makeApiKey, type NewApiKey } from '@jackalope/contracts'
import { tokenRefused } from '@jackalope/service-kit'
import type { Transaction } from 'sequelize'
import type { AccountMails } from '../account-mails/account-mails.ts'
import type { AuditLog, Client } from '../audit/audit-log.ts'
import type { Database } from '../database/database.ts'
import { hashToken } from '../tokens/hash-token.ts'
import { lockUnchanged } from '../users/lock-unchanged.ts'
import type { Account, UserStore } from '../users/user-store.ts'
import { type ApiKey, createApiKeyStore } from './api-key-store.ts'

/** Most API keys of a user. */
const maxKeys = 25
/** How precisely the last use is stored, in milliseconds: a busy program does not write to the database all the time. */
const lastUsePrecisionMs = 60_000
/** Characters of a key that are shown in the list: `jackalope_` and four more. */
const shownCharacters = 14

export interface ApiKeysDeps {
  database: Database
  users: UserStore
  audit: Pick<AuditLog, 'record'>
  mails: Pick<AccountMails, 'send'>
}

/** The API keys of the users. Every method throws an `HttpProblem` 503 while the database does not answer. */
export interface ApiKeys {
  /** Gives the new key with its text, which is not stored; `undefined` if the user has as many as he can have.
   *  @throws {HttpProblem} 401 if the account has another password by now, is locked or deleted */
  create(account: Account, wanted: NewApiKey, client: Client): Promise<(ApiKey & { key: string }) | undefined>
  /** A user's keys, newest first. */
  list(userId: string): Promise<ApiKey[]>
  /** Gives whether the user had the key. */
  revoke(userId: string, id: string, client: Client): Promise<boolean>
  /** Revokes all keys of a user; gives their number. */
  revokeAll(userId: string, transaction: Transaction): Promise<number>
  /** Whom a key speaks for; `undefined` if it is unknown, revoked or expired, or its user is locked. */
  exchange(key: string): Promise<ApiKeyHolder | undefined>
}

export function createApiKeys({ database, users, audit, mails }: ApiKeysDeps): ApiKeys {
  const store = createApiKeyStore(database)
  return {
    create: (account, { name, scopes, expiresInDays }, client) =>
      database.transaction(async transaction => {
        // The lock keeps the limit of keys. A reset revokes all: a request that was let in just before must not make another.
        const current = await lockUnchanged(users, account, transaction)
        if (!current) throw tokenRefused('The account has changed meanwhile')
        if ((await store.count(account.id, transaction)) >= maxKeys) return undefined
        const now = new Date()
        const key = makeApiKey()
        const apiKey: ApiKey = {
          ...{ id: randomUUID(), userId: account.id, name, start: key.slice(0, shownCharacters) },
          ...{ scopes: apiKeyScopes.filter(scope => scopes.includes(scope)), createdAt: now },
          expiresAt:
            expiresInDays === undefined ? undefined : new Date(now.getTime() + expiresInDays * 86_400_000),
          lastUsedAt: undefined,
        }
        await store.add(apiKey, hashToken(key), transaction)
        const entry = { userId: account.id, actorId: account.id, action: 'api-key-created', client } as const
        await audit.record({ ...entry, detail: { apiKeyId: apiKey.id, name } }, transaction)
        // A thief of an access token could make himself a key that lasts.
        const mail = { kind: 'api-key-created', userId: account.id, to: current.email, client } as const
        if (current.emailVerified) await mails.send(mail, transaction)
        return { ...apiKey, key }
      }),
    list: store.list,
    revoke: (userId, id, client) =>
      database.transaction(async transaction => {
        if (!(await store.remove(userId, id, transaction))) return false
        const entry = { userId, actorId: userId, action: 'api-key-revoked', client } as const
        await audit.record({ ...entry, detail: { apiKeyId: id } }, transaction)
        return true
      }),
    revokeAll: store.removeAll,
    async exchange(key) {
      const apiKey = isApiKey(key) ? await store.findByHash(hashToken(key)) : undefined
      const now = new Date()
      if (!apiKey || (apiKey.expiresAt && apiKey.expiresAt <= now)) return undefined
      const account = await users.findById(apiKey.userId)
      if (!account || account.lockedAt) return undefined
      const usedBefore = new Date(now.getTime() - lastUsePrecisionMs)
      if (!apiKey.lastUsedAt || apiKey.lastUsedAt < usedBefore) await store.touch(apiKey.id, now, usedBefore)
      return {
        userId: account.id,
        roles: [...account.roles],
        scopes: apiKey.scopes,
        emailVerified: account.emailVerified,
        expiresAt: apiKey.expiresAt?.toISOString(),
      }
    },
  }
}
