import { randomBytes } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import { createWorkLimit, type WorkLimit } from './work-limit.ts'

/** argon2id with the minimum of OWASP's Password Storage Cheat Sheet: 19 MiB, two passes, one lane. */
const parameters = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 }

export interface PasswordHasher {
  /** Gives the hash in PHC format, with salt and parameters.
   *  @throws {HttpProblem} 503 when too many passwords are waiting */
  hash(password: string): Promise<string>
  /** Whether the password belongs to the hash. Without a hash (unknown user) it is `false`, after the same time.
   *  @throws {HttpProblem} 503 when too many passwords are waiting */
  verify(hash: string | undefined, password: string): Promise<boolean>
}

/** One hash takes about 20 ms of a core and 19 MiB. The concurrency leaves a thread of Node's pool (four by default) to
 *  other work. The queue's length makes the last one wait about a second. */
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

/** Normalizes a password: systems send the same letters as different code points (RFC 8265, section 4.2). */
function normalize(password: string): string {
  return password.normalize('NFC')
}
