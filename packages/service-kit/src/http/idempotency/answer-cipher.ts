import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** What is derived from an `Idempotency-Key` and the user that sent it: without both nobody can read what is stored. */
export interface KeySecrets {
  /** Name in the store. */
  name: string
  /** Fingerprint of a request; the request cannot be guessed from it. */
  fingerprint(request: string): string
  encrypt(text: string): string
  /** @throws {Error} when the text was not encrypted with the same key */
  decrypt(text: string): string
}

const algorithm = 'aes-256-gcm'
const ivBytes = 12
const tagBytes = 16

/** @param scope - whose key it is, such as the user's id */
export function deriveSecrets(scope: string, key: string): KeySecrets {
  const bytes = Buffer.from(hkdfSync('sha256', key, scope, 'jackalope idempotency', 96))
  const [nameBytes, fingerprintKey, cipherKey] = [0, 32, 64].map(start =>
    bytes.subarray(start, start + 32),
  ) as [Buffer, Buffer, Buffer]
  return {
    name: nameBytes.toString('base64url'),
    fingerprint: request => createHmac('sha256', fingerprintKey).update(request).digest('base64url'),
    encrypt(text) {
      const iv = randomBytes(ivBytes)
      const cipher = createCipheriv(algorithm, cipherKey, iv)
      const content = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), content]).toString('base64url')
    },
    decrypt(text) {
      const all = Buffer.from(text, 'base64url')
      const decipher = createDecipheriv(algorithm, cipherKey, all.subarray(0, ivBytes))
      decipher.setAuthTag(all.subarray(ivBytes, ivBytes + tagBytes))
      return Buffer.concat([decipher.update(all.subarray(ivBytes + tagBytes)), decipher.final()]).toString(
        'utf8',
      )
    },
  }
}
