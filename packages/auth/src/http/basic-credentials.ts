export interface Credentials {
  user: string
  password: string
}

const form = /^basic +([a-z\d+/]+={0,2}) *$/i

/** Reads an `Authorization` header of the scheme Basic, in UTF-8 (RFC 7617). The password may contain `:`.
 *  @returns `undefined` if the header is missing, malformed or of another scheme */
export function readBasicCredentials(header: string | undefined): Credentials | undefined {
  const encoded = form.exec(header ?? '')?.[1]
  if (!encoded) return undefined
  const text = decodeUtf8(Buffer.from(encoded, 'base64'))
  const colon = text?.indexOf(':') ?? -1
  if (!text || colon < 0) return undefined
  return { user: text.slice(0, colon), password: text.slice(colon + 1) }
}

function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
