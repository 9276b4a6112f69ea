import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { keyIdOfSecret, secretKeys, type TokenAlgorithm, type TokenHeader } from '@jackalope/contracts'
import { calculateJwkThumbprint, type JWK } from 'jose'

export interface KeyRingOptions {
  algorithm: TokenAlgorithm
  /** Signs and verifies with `HS256`. */
  secret?: string
  /** Verifies only: the other secret while one is rotated. */
  acceptedSecret?: string
  /** Signs and verifies with `ES256`; a private key of the curve P-256 in PEM. */
  privateKey?: string
  /** Verify only: public keys in PEM, the next or the previous one while a key is rotated. */
  acceptedPublicKeys?: readonly string[]
}

/** The keys of access tokens. */
export interface KeyRing {
  readonly signing: { algorithm: TokenAlgorithm; id: string; key: KeyObject }
  /** The key that a token's header names. A key is good for its own algorithm alone: a public key, which everybody has,
   *  never verifies an HMAC (RFC 8725, section 3.1). */
  find(header: TokenHeader): KeyObject | undefined
  /** The public keys as other services fetch them (RFC 7517, section 5). */
  readonly publicKeys: { keys: JWK[] }
}

export async function createKeyRing(options: KeyRingOptions): Promise<KeyRing> {
  const { algorithm, secret, acceptedSecret, privateKey, acceptedPublicKeys = [] } = options
  const own = algorithm === 'ES256' ? createPrivateKey(privateKey ?? '') : undefined
  const publicKeys = await Promise.all(
    [...(own ? [createPublicKey(own)] : []), ...acceptedPublicKeys.map(pem => createPublicKey(pem))].map(
      async key => ({ id: await calculateJwkThumbprint(key.export({ format: 'jwk' })), key }),
    ),
  )
  const keys = {
    HS256: secretKeys(algorithm === 'HS256' ? secret : undefined, acceptedSecret),
    ES256: new Map(publicKeys.map(({ id, key }) => [id, key])),
  }
  return {
    signing: own
      ? { algorithm, id: publicKeys[0]?.id ?? '', key: own }
      : signingSecret(secret ?? '', keys.HS256),
    find: ({ alg, kid }) => keys[alg].get(kid),
    publicKeys: {
      keys: [...keys.ES256].map(([kid, key]) => ({
        ...key.export({ format: 'jwk' }),
        kid,
        alg: 'ES256',
        use: 'sig',
      })),
    },
  }
}

function signingSecret(secret: string, keys: ReadonlyMap<string, KeyObject>): KeyRing['signing'] {
  const id = keyIdOfSecret(secret)
  const key = keys.get(id)
  if (!key) throw new Error('JWT_SECRET is not set')
  return { algorithm: 'HS256', id, key }
}
