import { randomUUID } from 'node:crypto'
import { guestRole, type Language, languages } from '@jackalope/contracts'
import { Op, type Transaction, UniqueConstraintError, type WhereOptions } from 'sequelize'
import type { Database } from '../database/database.ts'
import { defineUserModel, type UserRow } from './user-model.ts'

/** A user as auth stores it. */
export interface Account {
  id: string
  /** In lower case; empty for a guest. */
  email: string
  /** Empty for a guest. */
  passwordHash: string
  roles: readonly string[]
  /** Whether mails may go to the address: it was confirmed, or no verification is required. */
  emailVerified: boolean
  /** When an admin locked the account: its user can neither log in nor refresh, and its keys are refused. */
  lockedAt: Date | undefined
  /** When a guest is removed; `undefined` for everybody else. */
  expiresAt: Date | undefined
  /** Whether mails about jobs are wanted. */
  notices: boolean
  /** Language of mails. */
  language: Language
  createdAt: Date
}

/** What can be changed of a user. */
export interface AccountChanges {
  /** In lower case. */
  email?: string
  passwordHash?: string
  roles?: string[]
  emailVerifiedAt?: Date | null
  lockedAt?: Date | null
  expiresAt?: Date | null
  notices?: boolean
  language?: Language
}

/** Which users to list. */
export interface UserFilter {
  /** Integer >= 1. */
  limit: number
  /** Only users who come after this one in the list. */
  before?: { createdAt: Date; id: string }
  /** Beginning of the mail address, in upper or lower case. */
  email?: string
  /** Only these users. */
  ids?: readonly string[]
}

/** The users. Every method throws an `HttpProblem` 503 while the database does not answer; within a transaction that is
 *  `Database.transaction`'s part. */
export interface UserStore {
  /** Adds a user; gives `undefined` if the mail address is taken, in upper or lower case. */
  create(
    user: { email: string; passwordHash: string; language?: Language },
    transaction?: Transaction,
  ): Promise<Account | undefined>
  /** Adds a guest: without an address and a password. */
  createGuest(expiresAt: Date, transaction: Transaction): Promise<Account>
  /** Guests whose time is over, longest first. */
  listExpired(limit: number): Promise<Account[]>
  /** Ignores upper and lower case. With a transaction, the row is locked until its end. */
  findByEmail(email: string, transaction?: Transaction): Promise<Account | undefined>
  /** With a transaction, the row is locked until its end. */
  findById(id: string, transaction?: Transaction): Promise<Account | undefined>
  /** Newest first. */
  list(filter: UserFilter): Promise<Account[]>
  /** Gives `false`, and changes nothing, if the new mail address is taken. */
  change(id: string, changes: AccountChanges, transaction: Transaction): Promise<boolean>
  remove(id: string, transaction: Transaction): Promise<void>
}

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

/** @param options.verification - whether addresses must be verified. Otherwise all count as verified. */
export function createUserStore(database: Database, options: { verification: boolean }): UserStore {
  const model = defineUserModel(database.sequelize)
  const toAccount = (row: UserRow | null) => (row ? accountOf(row, options) : undefined)
  const within = <T>(transaction: Transaction | undefined, query: () => Promise<T>) =>
    transaction ? query() : database.run(query)

  return {
    async create({ email, passwordHash, language = 'en' }, transaction) {
      const row = { id: randomUUID(), email: email.toLowerCase(), passwordHash, roles: ['user'], language }
      // The unique key decides: a query beforehand would let two concurrent registrations pass.
      return unlessTaken(async () =>
        accountOf(await within(transaction, () => model.create(row, { transaction })), options),
      )
    },
    async createGuest(expiresAt, transaction) {
      const row = { id: randomUUID(), email: null, passwordHash: '', roles: [guestRole], expiresAt }
      return accountOf(await model.create(row, { transaction }), options)
    },
    async listExpired(limit) {
      const where = { expiresAt: { [Op.lt]: new Date() } }
      const query = () => model.findAll({ where, order: [['expiresAt', 'ASC']], limit })
      return (await database.run(query)).map(row => accountOf(row, options))
    },
    async findByEmail(email, transaction) {
      const address = email.toLowerCase()
      const lock = transaction && { transaction, lock: true }
      const find = () => model.findOne({ where: { email: address }, ...lock })
      const account = toAccount(await within(transaction, find))
      // MySQL ignores trailing spaces, and login limits do not: each spelling would have its own attempts.
      return account?.email === address ? account : undefined
    },
    async findById(id, transaction) {
      if (!uuid.test(id)) return undefined
      const lock = transaction && { transaction, lock: true }
      return toAccount(await within(transaction, () => model.findByPk(id, lock)))
    },
    async list({ limit, before, email, ids }) {
      const where: WhereOptions<UserRow>[] = []
      if (email !== undefined) where.push({ email: { [Op.like]: `${literally(email.toLowerCase())}%` } })
      if (ids) where.push({ id: { [Op.in]: [...ids] } })
      if (before)
        where.push({
          [Op.or]: [
            { createdAt: { [Op.lt]: before.createdAt } },
            { createdAt: before.createdAt, id: { [Op.lt]: before.id } },
          ],
        })
      const order: [string, string][] = [
        ['createdAt', 'DESC'],
        ['id', 'DESC'],
      ]
      const rows = await database.run(() => model.findAll({ where: { [Op.and]: where }, order, limit }))
      return rows.map(row => accountOf(row, options))
    },
    async change(id, changes, transaction) {
      const changed = await unlessTaken(() => model.update(changes, { where: { id }, transaction }))
      return changed !== undefined
    },
    async remove(id, transaction) {
      await model.destroy({ where: { id }, transaction })
    },
  }
}

/** A text without the wildcards of LIKE. */
function literally(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}

async function unlessTaken<T>(statement: () => Promise<T>): Promise<T | undefined> {
  try {
    return await statement()
  } catch (error) {
    if (error instanceof UniqueConstraintError) return undefined
    throw error
  }
}

function accountOf(row: UserRow, { verification }: { verification: boolean }): Account {
  const { id, email, passwordHash, roles, notices, createdAt } = row
  return {
    id,
    // Nobody has confirmed the address of a guest, also where no mail is sent: no mail goes to it.
    email: email ?? '',
    passwordHash,
    roles,
    emailVerified: email !== null && (!verification || row.emailVerifiedAt != null),
    lockedAt: row.lockedAt ?? undefined,
    expiresAt: row.expiresAt ?? undefined,
    notices,
    // A version that knows more languages may have stored one.
    language: languages.find(known => known === row.language) ?? 'en',
    createdAt,
  }
}
