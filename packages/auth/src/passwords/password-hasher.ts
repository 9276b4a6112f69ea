import { randomBytes } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import { createWorkLimit, type WorkLimit } from './work-limit.ts'

/** argon2id with the least that OWASP's Password Storage Cheat Sheet asks for: 19 MiB, two passes, one lane. */
const parameters = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 }

export interface PasswordHasher {
  /** Gives the hash in PHC form, salt and parameters included.
   *  @throws {HttpProblem} 503 when too much is being hashed. */
  hash(password: string): Promise<string>
  /** Whether the password belongs to the hash. Without a hash (no such user) it takes as long, and is `false`.
   *  @throws {HttpProblem} 503 when too much is being hashed. */
  verify(hash: string | undefined, password: string): Promise<boolean>
}

/** Hashing takes some 20 ms of a core and 19 MiB each: so many at once leave a thread of Node's pool (four by
 *  default) to everything else, and so many may wait that the last one waits about a second. */
function defaultLimit(): WorkLimit {
  return createWorkLimit({ maxRunning: Math.min(availableParallelism(), 3), maxWaiting: 64 })
}

export async function createPasswordHasher(limit: WorkLimit = defaultLimit()): Promise<PasswordHasher> {
  const nobodysHash = await hash(randomBytes(32), parameters)
  return {
    hash: password => limit(() => hash(normalize(password), parameters)),
    async verify(userHash, password) {
      const matches = await limit(() => verify(userHash ?? nobodysHash, normalize(password)))
      return matches && userHash !== undefined
    },
  }
}

/** One password typed on two systems may come as different code points for the same letters (RFC 8265, section 4.2). */
function normalize(password: string): string {
  return password.normalize('NFC')
}
