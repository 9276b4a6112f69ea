/** The file name in a part's `Content-Disposition`, as the client meant it: in UTF-8 (RFC 7578 and all browsers), as
 *  `filename*` (RFC 8187) or in encoded words (RFC 2047).
 *  @param header - one character per byte
 *  @returns `undefined` if the part is not a file */
export function readFileName(header: string): string | undefined {
  // Some clients put the value between quotes, against RFC 8187.
  const found = /;\s*filename\*\s*=\s*(?:"([^"]*)"|([^;\s]+))/i.exec(header)
  const extended = found?.[1] ?? found?.[2]
  const decoded = extended && decodeExtended(extended)
  if (decoded !== undefined && decoded !== '') return decoded
  const match = /;\s*filename\s*=\s*(?:"((?:\\"|[^"])*)"|([^;\s]*))/i.exec(header)
  if (!match) return decoded ?? extended
  const quoted = match[1]?.replaceAll('\\"', '"')
  // Browsers escape only these three characters.
  const unescaped = (quoted ?? match[2] ?? '').replace(/%(22|0D|0A)/gi, decodeURIComponent)
  return decodeWords(decodeText(unescaped))
}

/** Decodes a header of unknown charset: UTF-8 if it is valid, else Windows-1252.
 *  @param bytes - one character per byte */
export function decodeText(bytes: string): string {
  return decode(bytes, 'utf-8') ?? decode(bytes, 'windows-1252') ?? bytes
}

function decodeExtended(value: string): string | undefined {
  const [charset, , encoded] = value.split("'")
  if (!charset || encoded === undefined) return undefined
  return decode(decodePercent(encoded, '%'), charset)
}

function decodeWords(text: string): string {
  const word = /=\?([\w-]+)(?:\*[\w-]*)?\?([bq])\?([^?\s]*)\?=/gi
  // White space between two encoded words is not part of the text.
  return text
    .replace(/(\?=)\s+(=\?)/g, '$1$2')
    .replace(word, (original, charset: string, encoding: string, content: string) => {
      const bytes = /b/i.test(encoding)
        ? Buffer.from(content, 'base64').toString('latin1')
        : decodePercent(content.replaceAll('_', ' '), '=')
      return decode(bytes, charset) ?? original
    })
}

function decodePercent(text: string, mark: '%' | '='): string {
  return text.replace(new RegExp(`${mark}([\\da-f]{2})`, 'gi'), (_, hex) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
}

function decode(bytes: string, charset: string): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(Buffer.from(bytes, 'latin1'))
  } catch {
    return undefined
  }
}
