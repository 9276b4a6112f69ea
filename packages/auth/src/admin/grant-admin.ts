import type { AuditLog } from '../audit/audit-log.ts'
import type { Database } from '../database/database.ts'
import type { UserStore } from '../users/user-store.ts'

/** Makes a user an admin, if he has confirmed his address: anybody can register with the address of somebody else. His
 *  access tokens know it after their next refresh, within ten minutes by default.
 *  @returns what is so now */
export async function grantAdmin(
  { database, users, audit }: { database: Database; users: UserStore; audit: AuditLog },
  email: string,
): Promise<'granted' | 'is one' | 'unverified' | 'unknown'> {
  return await database.transaction(async transaction => {
    const account = await users.findByEmail(email, transaction)
    if (!account) return 'unknown'
    if (account.roles.includes('admin')) return 'is one'
    if (!account.emailVerified) return 'unverified'
    await users.change(account.id, { roles: [...account.roles, 'admin'] }, transaction)
    await audit.record({ userId: account.id, action: 'role-granted', detail: { role: 'admin' } }, transaction)
    return 'granted'
  })
}
