import type { Credentials } from '../http/basic-credentials.ts'
import type { PasswordHasher } from '../passwords/password-hasher.ts'
import type { Account, UserStore } from './user-store.ts'

/** The user with this mail address and password. An unknown address takes the same work as a wrong password, so that the
 *  time does not reveal who is registered.
 *  @param address - of the client */
export async function authenticate(
  { users, passwords }: { users: UserStore; passwords: PasswordHasher },
  { user: email, password }: Credentials,
  address: string,
): Promise<Account | undefined> {
  const account = await users.findByEmail(email)
  const matches = await passwords.verify(account?.passwordHash, password, address)
  return matches ? account : undefined
}
