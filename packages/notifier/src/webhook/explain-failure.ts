import { type Explained, explained } from '@jackalope/contracts'

/** Why a request got no answer, for the owner of the endpoint.
 *  @param hasTimedOut - whether its time was over */
export function explainFailure(error: unknown, hasTimedOut: boolean, timeoutMs: number): Explained {
  if (hasTimedOut) return explained('webhook-timeout', { seconds: timeoutMs / 1_000 })
  const code = codeOf(error)
  return known[code] ?? (isTlsCode(code) ? explained('webhook-tls-invalid', { code }) : failed(code))
}

const noAddress = explained('webhook-name-unknown', {})
const brokenOff = explained('webhook-connection-lost', {})

const known: Readonly<Record<string, Explained>> = {
  ERR_ADDRESS_REFUSED: explained('webhook-address-refused', {}),
  ENOTFOUND: noAddress,
  ENODATA: noAddress,
  EAI_AGAIN: explained('webhook-lookup-failed', {}),
  ECONNREFUSED: explained('webhook-connection-refused', {}),
  ECONNRESET: brokenOff,
  EPIPE: brokenOff,
  HPE_HEADER_OVERFLOW: explained('webhook-headers-too-large', {}),
}

function codeOf(error: unknown): string {
  const { code, errors } = error as { code?: unknown; errors?: unknown }
  // Several addresses were tried.
  if (typeof code !== 'string' && Array.isArray(errors) && errors[0]) return codeOf(errors[0])
  return typeof code === 'string' ? code : ''
}

/** The codes of OpenSSL and of Node's own checks. */
function isTlsCode(code: string): boolean {
  return /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|INVALID_CA|HOSTNAME_MISMATCH|EPROTO)/.test(
    code,
  )
}

function failed(code: string): Explained {
  if (code.startsWith('HPE_')) return explained('webhook-answer-invalid', { code })
  return explained('webhook-connection-failed', { code: code || undefined })
}
