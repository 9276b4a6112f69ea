/** Why a request got no answer, in words for the owner of the endpoint.
 *  @param hasTimedOut - whether its time was over */
export function explainFailure(error: unknown, hasTimedOut: boolean, timeoutMs: number): string {
  if (hasTimedOut) return `There was no answer within ${timeoutMs / 1_000} seconds.`
  const code = codeOf(error)
  return known[code] ?? (isTlsCode(code) ? `Its certificate or TLS is not in order (${code}).` : failed(code))
}

const noAddress = 'Its name has no address.'
const brokenOff = 'The connection broke off before there was an answer.'

const known: Readonly<Record<string, string>> = {
  ERR_ADDRESS_REFUSED: 'It leads to a private, loopback or link-local address, or to HTTP without TLS.',
  ENOTFOUND: noAddress,
  ENODATA: noAddress,
  EAI_AGAIN: 'Its name could not be looked up.',
  ECONNREFUSED: 'The connection was refused.',
  ECONNRESET: brokenOff,
  EPIPE: brokenOff,
  HPE_HEADER_OVERFLOW: 'Its answer has too many headers.',
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

function failed(code: string): string {
  if (code.startsWith('HPE_')) return `Its answer is no HTTP (${code}).`
  return code ? `The connection failed (${code}).` : 'The connection failed.'
}
