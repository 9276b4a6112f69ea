/** Why a parser may have stopped at the headers of a part, in words for the client.
 *  @param bytes - what the parser read last, one character per byte
 *  @param hasBegun - whether a part has begun before */
export function explainMalformed(bytes: string, boundary: string, hasBegun: boolean): string {
  const delimiter = `--${boundary}`
  const [before = '', ...parts] = bytes.split(delimiter)
  if (parts.length === 0 && !hasBegun)
    return `It does not begin with "${delimiter}", the boundary of the Content-Type.`
  for (const part of [...parts, before]) {
    const reason = explainHeaders(part)
    if (reason) return reason
  }
  return 'A header of a part is not of the form "Name: value".'
}

/** @param part - headers, an empty line, content */
function explainHeaders(part: string): string | undefined {
  const end = part.indexOf('\r\n\r\n')
  const headers = end < 0 ? part : part.slice(0, end)
  if (/(?:^|[^\r])\n/.test(headers)) return 'Its lines end with LF: expected CR LF.'
  if (/\r\n[ \t]/.test(headers))
    return 'A header of a part is folded over several lines: write it in one line.'
  return undefined
}
