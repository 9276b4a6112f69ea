import { KeyObject } from 'node:crypto'
import { secretKeys, type TokenAlgorithm, type TokenHeader } from '@jackalope/contracts'
import { unavailable } from '@jackalope/service-kit'
import { createRemoteJWKSet, errors } from 'jose'
import type { Logger } from 'pino'

/** The keys that verify access tokens. */
export interface VerificationKeys {
  /** The key that a token's header names, for that header's algorithm alone.
   *  @throws {HttpProblem} 503 while auth's public keys are needed and were never there */
  find(header: TokenHeader): Promise<KeyObject | undefined>
}

export interface VerificationKeysOptions {
  algorithm: TokenAlgorithm
  /** Secret of `HS256`. */
  secret?: string
  /** Second secret while one is rotated, or the last one after a change to `ES256`. */
  acceptedSecret?: string
  authUrl: string
  logger: Logger
}

/** How long auth may take to answer, in milliseconds. */
const timeoutMs = 3_000
/** Age at which the public keys are fetched again, in milliseconds: a withdrawn key is refused after so long. */
const maxAgeMs = 5 * 60_000
/** Shortest time between two fetches, in milliseconds: tokens with invented key ids cause no flood of them. */
const coolDownMs = 30_000

export function createVerificationKeys(options: VerificationKeysOptions): VerificationKeys {
  const { algorithm, secret, acceptedSecret } = options
  const secrets = secretKeys(algorithm === 'HS256' ? secret : undefined, acceptedSecret)
  const findPublicKey = algorithm === 'ES256' ? createPublicKeys(options) : async () => undefined
  return {
    find: async header => (header.alg === 'HS256' ? secrets.get(header.kid) : await findPublicKey(header)),
  }
}

/** Auth's public keys. Old ones are used on while auth does not answer: that must not log anybody out. */
function createPublicKeys({ authUrl, logger }: VerificationKeysOptions) {
  const keySet = createRemoteJWKSet(new URL(`${authUrl}/.well-known/jwks.json`), {
    timeoutDuration: timeoutMs,
    cooldownDuration: coolDownMs,
    cacheMaxAge: Number.POSITIVE_INFINITY,
  })
  let fetchAt = 0
  const refreshWhenOld = () => {
    if (Date.now() < fetchAt) return
    const isFirst = fetchAt === 0
    fetchAt = Date.now() + (isFirst ? maxAgeMs : coolDownMs)
    // The first fetch belongs to the request that needs the key.
    if (isFirst) return
    keySet.reload().then(
      () => {
        fetchAt = Date.now() + maxAgeMs
      },
      error => logger.warn({ err: error }, 'the public keys of auth could not be fetched again'),
    )
  }
  return async (header: TokenHeader): Promise<KeyObject | undefined> => {
    refreshWhenOld()
    try {
      return KeyObject.from(await keySet(header, { payload: '', signature: '' }))
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JOSENotSupported)
        return undefined
      throw unavailable('The user service', { cause: error })
    }
  }
}
