/** OpenSSL's codes for a certificate that cannot be verified, as Node.js has them. */
const certificateCodes = new Set([
  'CERT_CHAIN_TOO_LONG',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'INVALID_CA',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

/** What a failed connection was, and what its user can do about it. Both are sentences without a full stop. */
export interface ConnectionFailure {
  reason: string
  advice: string
  /** Whether the next attempt will fail in the same way, until somebody changes something. */
  isFinal: boolean
}

/** Explains an error of TLS; `undefined` for any other error. */
export function tlsFailure(error: Error & { code?: unknown }): ConnectionFailure | undefined {
  if (error.code === 'ERR_SSL_WRONG_VERSION_NUMBER')
    return { reason: 'the server speaks no TLS at this port', advice: 'Check the port', isFinal: true }
  if (!certificateCodes.has(error.code as string)) return undefined
  return {
    reason: `its certificate is refused: ${error.message}`,
    advice: "Check the host's name and the certificate, and give that of its authority (ca)",
    isFinal: true,
  }
}
