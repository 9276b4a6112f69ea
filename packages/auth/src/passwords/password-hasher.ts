import { randomBytes } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { maxPasswordLength } from '@jackalope/contracts'
import { wideNetworkOf } from '@jackalope/service-kit'
import { hash, verify } from '@node-rs/argon2'
import { createWorkLimit, type WorkLimit } from './work-limit.ts'

/** argon2id with the minimum of OWASP's Password Storage Cheat Sheet: 19 MiB, two passes, one lane. */
const parameters = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 }

/** Longest password that is normalized, in UTF-16 code units: decomposed letters take up to four times as many. */
const maxGivenLength = 4 * maxPasswordLength

export interface PasswordHasher {
  /** Gives the hash in PHC format, with salt and parameters.
   *  @param address - of the client: the networks of the clients take turns
   *  @throws {HttpProblem} 503 when too many passwords of this network, or of all, are waiting */
  hash(password: string, address: string): Promise<string>
  /** Whether the password belongs to the hash. Without a hash (unknown user) it is `false`, after the same time.
   *  @param address - as for `hash`
   *  @throws {HttpProblem} as `hash` */
  verify(hash: string | undefined, password: string, address: string): Promise<boolean>
}

/** One hash takes about 20 ms of a core and 19 MiB. The concurrency leaves a thread of Node's pool (four by default) to
 *  other work. The queue's length makes the last one wait about a second; one network has a quarter of it. */
function hashLimit(): WorkLimit {
  const maxRunning = Math.min(availableParallelism(), 3)
  return createWorkLimit({ maxRunning, maxWaiting: 64, maxWaitingOfOne: 16 })
}

export async function createPasswordHasher(): Promise<PasswordHasher> {
  const limit = hashLimit()
  const nobodysHash = await hash(randomBytes(32), parameters)
  return {
    hash: (password, address) => limit(wideNetworkOf(address), () => hash(normalize(password), parameters)),
    async verify(userHash, password, address) {
      const isPossible = password.length <= maxGivenLength
      const given = isPossible ? normalize(password) : ''
      const matches = await limit(wideNetworkOf(address), () => verify(userHash ?? nobodysHash, given))
      return matches && isPossible && userHash !== undefined
    },
  }
}

/** Normalizes a password: systems send the same letters as different code points (RFC 8265, section 4.2). Its length is
 *  limited before: the time is quadratic in the number of combining marks. */
function normalize(password: string): string {
  return password.normalize('NFC')
}
