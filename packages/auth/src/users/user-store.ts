import { randomUUID } from 'node:crypto'
import { UniqueConstraintError } from 'sequelize'
import type { Database } from '../database/database.ts'
import { defineUserModel, type UserRow } from './user-model.ts'

/** A user as auth stores it. */
export interface Account {
  id: string
  /** In lower case. */
  email: string
  passwordHash: string
  roles: readonly string[]
}

/** The users. Every method throws an `HttpProblem` 503 while the database does not answer. */
export interface UserStore {
  /** Adds a user; gives `undefined` if the mail address is taken, in upper or lower case. */
  create(user: { email: string; passwordHash: string }): Promise<Account | undefined>
  /** Ignores upper and lower case. */
  findByEmail(email: string): Promise<Account | undefined>
  findById(id: string): Promise<Account | undefined>
}

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

export function createUserStore(database: Database): UserStore {
  const model = defineUserModel(database.sequelize)
  return {
    async create({ email, passwordHash }) {
      const account = { id: randomUUID(), email: email.toLowerCase(), passwordHash, roles: ['user'] }
      try {
        // The unique key decides: a query beforehand would let two concurrent registrations pass.
        await database.run(() => model.create(account))
        return account
      } catch (error) {
        if (error instanceof UniqueConstraintError) return undefined
        throw error
      }
    },
    async findByEmail(email) {
      const address = email.toLowerCase()
      const account = toAccount(await database.run(() => model.findOne({ where: { email: address } })))
      // MySQL ignores trailing spaces, and login limits do not: each spelling would have its own attempts.
      return account?.email === address ? account : undefined
    },
    async findById(id) {
      if (!uuid.test(id)) return undefined
      return toAccount(await database.run(() => model.findByPk(id)))
    },
  }
}

function toAccount(row: UserRow | null): Account | undefined {
  return row ? { id: row.id, email: row.email, passwordHash: row.passwordHash, roles: row.roles } : undefined
}
