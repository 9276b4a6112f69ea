import { createHash, createSecretKey, type KeyObject } from 'node:crypto'

/** The `kid` of a secret: says which secret signed a token without saying anything of use about it. */
export function keyIdOfSecret(secret: string): string {
  return createHash('sha256').update(`kid:${secret}`).digest().subarray(0, 8).toString('base64url')
}

/** Keys of HS256 by their ids. While a secret is rotated there are two: JWT_SECRET and JWT_ACCEPTED_SECRET. */
export function secretKeys(...secrets: Array<string | undefined>): ReadonlyMap<string, KeyObject> {
  const given = secrets.filter(secret => secret !== undefined)
  return new Map(given.map(secret => [keyIdOfSecret(secret), createSecretKey(secret, 'utf8')]))
}
