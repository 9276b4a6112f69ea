import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { textValue } from '@jackalope/service-kit'

const advice = 'make one with: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256'
const pemBlock = /-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g

/** A private key of the curve P-256 in PEM. Its value never appears in a message. */
export function privateKeyPem() {
  const expected = `a private key of the curve P-256 in PEM; ${advice}`
  return textValue(expected, text => {
    const pem = withLineBreaks(text)
    requireP256(() => createPrivateKey(pem), expected)
    return pem
  })
}

/** Public keys of the curve P-256 in PEM, one after the other. */
export function publicKeyPems() {
  const expected = 'public keys of the curve P-256 in PEM, as openssl pkey -pubout writes them'
  return textValue(expected, text => {
    const pem = withLineBreaks(text)
    const blocks = pem.match(pemBlock) ?? []
    if (blocks.length === 0 || pem.replace(pemBlock, '').trim() !== '')
      throw new Error(`expected ${expected}; what is set is something else`)
    for (const block of blocks) requireP256(() => createPublicKey(block), expected)
    return blocks as string[]
  })
}

/** In a file of variables a PEM text stands on one line, with `\n` for its line breaks. */
function withLineBreaks(text: string): string {
  return text.replaceAll('\\n', '\n')
}

function requireP256(read: () => KeyObject, expected: string): void {
  let curve: string | undefined
  try {
    curve = read().asymmetricKeyDetails?.namedCurve
  } catch {
    // The parser's message is left out: it may quote the key.
  }
  if (curve !== 'prime256v1') throw new Error(`expected ${expected}; what is set is no such key`)
}
