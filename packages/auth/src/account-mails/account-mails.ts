import { randomUUID } from 'node:crypto'
import { type AccountMailContent, type AccountMailKind, accountMail, languages } from '@jackalope/contracts'
import { networkOf } from '@jackalope/service-kit'
import type { Transaction } from 'sequelize'
import type { Client } from '../audit/audit-log.ts'
import type { Database } from '../database/database.ts'
import type { OneTimeTokens } from '../one-time-tokens/one-time-tokens.ts'
import type { TokenPurpose } from '../one-time-tokens/token-text.ts'
import type { AuthOutbox } from '../outbox/auth-outbox.ts'
import { kindsByStrangers, mayGetMail, perDayInAll } from './mail-limits.ts'

/** A mail about an account. */
export interface NewAccountMail {
  kind: AccountMailKind
  userId: string
  /** Recipient's address, in lower case. */
  to: string
  /** Whose request causes the mail. @default a program of the operator's */
  client?: Client
  /** Whether the recipient has logged in from where the request comes. @default false */
  isKnownPlace?: boolean
  /** Purpose of the token in the mail's link. @default it has no link */
  link?: TokenPurpose
  /** Of `email-change-confirm` and `email-changed`. */
  oldEmail?: string
  newEmail?: string
  /** Address of the endpoint, of the mails about webhooks. */
  webhookUrl?: string
}

/** The mails about accounts. */
export interface AccountMails {
  /** Has a mail sent when the transaction commits. Lock the user's row first.
   *  @returns `false` if no mail is sent: mails are off, or the address has got too many that strangers can cause */
  send(mail: NewAccountMail, transaction: Transaction): Promise<boolean>
  /** What a mail says, for the notifier. `obsolete`: its link was used or has expired. */
  find(id: string): Promise<AccountMailContent | 'obsolete' | undefined>
  /** Removes a user's addresses from his mails; those that were not sent yet become obsolete. */
  forget(userId: string, transaction: Transaction): Promise<void>
  /** Removes at most `limit` mails from before a time; gives their number. */
  removeBefore(time: Date, limit: number): Promise<number>
}

export interface AccountMailsDeps {
  database: Database
  outbox: AuthOutbox
  tokens: OneTimeTokens
  /** Whether mails are sent at all. */
  enabled: boolean
}

const paths: Readonly<Record<TokenPurpose, string>> = {
  'verify-email': '/verify-email',
  'password-reset': '/reset-password',
  'email-change': '/confirm-email',
}

interface Row {
  id: string
  kind: AccountMailKind
  to: string
  tokenId: string | null
  oldEmail: string | null
  newEmail: string | null
  clientAddress: string | null
  webhookUrl: string | null
  language: string
  createdAt: Date
}

const columns = `id, kind, to_address AS \`to\`, token_id AS tokenId, old_email AS oldEmail, new_email AS newEmail,
  client_address AS clientAddress, webhook_url AS webhookUrl, language, created_at AS createdAt`

export function createAccountMails(deps: AccountMailsDeps): AccountMails {
  const { database, outbox, tokens, enabled } = deps
  const { select, change } = database

  async function isOverLimit(mail: NewAccountMail, transaction: Transaction) {
    const { kind, to, client, isKnownPlace = false } = mail
    if (!kindsByStrangers.includes(kind) || client === undefined) return false
    const now = new Date()
    const recent = await select<{ createdAt: Date; network: string }>(
      `SELECT created_at AS createdAt, client_network AS network FROM account_mails
       WHERE to_address = ? AND created_at > ? AND kind IN (?) ORDER BY created_at DESC LIMIT ?`,
      [to, new Date(now.getTime() - 86_400_000), kindsByStrangers, perDayInAll],
      transaction,
    )
    return !mayGetMail(recent, { network: networkOf(client.address), isKnownPlace, now })
  }

  return {
    async send(mail, transaction) {
      if (!enabled || (await isOverLimit(mail, transaction))) return false
      const { kind, userId, to, client, link: purpose } = mail
      const tokenId = purpose ? await tokens.create({ userId, purpose, email: to }, transaction) : null
      const id = randomUUID()
      await change(
        `INSERT INTO account_mails (id, kind, user_id, to_address, token_id, old_email, new_email, client_address,
           client_network, webhook_url, created_at, language)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, COALESCE((SELECT language FROM users WHERE id = ?), 'en'))`,
        [
          ...[id, kind, userId, to, tokenId, mail.oldEmail ?? null, mail.newEmail ?? null],
          ...[client?.address ?? null, client ? networkOf(client.address) : null],
          ...[mail.webhookUrl ?? null, new Date(), userId],
        ],
        transaction,
      )
      await outbox.add(accountMail, { mailId: id }, { transaction })
      return true
    },
    async find(id) {
      const [row] = await select<Row>(`SELECT ${columns} FROM account_mails WHERE id = ?`, [id])
      if (!row) return undefined
      if (row.to === '') return 'obsolete'
      if (row.tokenId === null) return toContent(row)
      const token = await tokens.find(row.tokenId)
      if (!token) return 'obsolete'
      return {
        ...toContent(row),
        linkPath: `${paths[token.purpose]}?token=${tokens.textOf(token)}`,
        linkExpiresAt: token.expiresAt.toISOString(),
      }
    },
    async forget(userId, transaction) {
      await change(
        `UPDATE account_mails SET to_address = '', old_email = NULL, new_email = NULL, client_address = NULL,
           webhook_url = NULL
         WHERE user_id = ?`,
        [userId],
        transaction,
      )
    },
    removeBefore: (time, limit) =>
      change('DELETE FROM account_mails WHERE created_at < ? ORDER BY created_at LIMIT ?', [time, limit]),
  }
}

function toContent({ id, kind, to, createdAt, ...row }: Row): AccountMailContent {
  return {
    ...{ id, kind, to, createdAt: createdAt.toISOString() },
    oldEmail: row.oldEmail ?? undefined,
    newEmail: row.newEmail ?? undefined,
    clientAddress: row.clientAddress ?? undefined,
    webhookUrl: row.webhookUrl ?? undefined,
    language: languages.find(known => known === row.language),
  }
}
