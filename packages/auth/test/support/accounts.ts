import assert from 'node:assert/strict'
import {
  type AccountMailContent,
  type AccountView,
  accountMailContent,
  type User,
} from '@jackalope/contracts'
import type { CleanUpOwner } from '@jackalope/local-servers/testing'
import type { RowDataPacket } from 'mysql2/promise'
import {
  ada,
  loggedIn,
  serviceToken,
  startTestAuth,
  type TestAuth,
  type TestAuthOptions,
} from './test-auth.ts'

export const bob = { email: 'bob@example.com', password: 'staple-Battery-7' }

/** Auth with mail on. */
export async function startMailingAuth(owner: CleanUpOwner, options: TestAuthOptions = {}) {
  const auth = await startTestAuth(owner, { MAIL: undefined, ...options })
  /** The mails to an address, oldest first, as the notifier gets them; `undefined` for obsolete ones. */
  const mailsTo = async (address: string) => {
    const [rows] = await auth.connection.query<RowDataPacket[]>(
      'SELECT id FROM account_mails WHERE to_address = ? ORDER BY created_at, id',
      [address],
    )
    return Promise.all(rows.map(({ id }) => mailOf(auth, id)))
  }
  const kindsTo = async (address: string) => (await mailsTo(address)).map(mail => mail?.kind)
  /** The token of the last mail of a kind to an address. */
  const tokenTo = async (address: string, kind: AccountMailContent['kind']) => {
    const mail = (await mailsTo(address)).findLast(each => each?.kind === kind)
    const token = new URLSearchParams(mail?.linkPath?.replace(/^[^?]*/, '')).get('token')
    assert.ok(token, `no link in a mail ${kind} to ${address}`)
    return token
  }
  const post = (path: string, body: unknown, headers?: Record<string, string>) =>
    auth.call('POST', path, { body, headers })
  return {
    ...auth,
    ...{ mailsTo, kindsTo, tokenTo, post },
    /** Registers somebody and verifies the address. */
    async verified(who = ada): Promise<User> {
      const response = await auth.register(who)
      assert.equal(response.status, 201)
      const token = await tokenTo(who.email, 'verify-email')
      assert.equal((await post('/verify-email', { token })).status, 204)
      return (await response.json()) as User
    },
    /** Access token of a new session. */
    tokenOf: async (who = ada) => (await loggedIn(auth, {}, who)).access_token,
    async account(token: string): Promise<AccountView> {
      const response = await auth.call('GET', '/account', { token })
      assert.equal(response.status, 200)
      return (await response.json()) as AccountView
    },
    /** The actions on an account in the audit log, oldest first. */
    async actions(userId: string): Promise<string[]> {
      const sql = 'SELECT action FROM audit_log WHERE user_id = ? ORDER BY id'
      const [rows] = await auth.connection.query<RowDataPacket[]>(sql, [userId])
      return rows.map(({ action }) => action)
    },
    /** The jobs in the outbox. */
    async jobs(): Promise<{ name: string; payload: unknown }[]> {
      const sql = 'SELECT queue, payload FROM jobs_outbox ORDER BY due_at, seq'
      const [rows] = await auth.connection.query<RowDataPacket[]>(sql)
      return rows.map(({ queue, payload }) => ({ name: queue, payload: JSON.parse(payload) }))
    },
  }
}

export type MailingAuth = Awaited<ReturnType<typeof startMailingAuth>>

async function mailOf(auth: TestAuth, id: string): Promise<AccountMailContent | undefined> {
  const response = await auth.call('GET', `/internal/account-mails/${id}`, { token: serviceToken })
  if (response.status === 410) return undefined
  assert.equal(response.status, 200)
  return accountMailContent.strict().parse(await response.json())
}
