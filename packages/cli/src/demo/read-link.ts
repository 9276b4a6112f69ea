import { readFile } from 'node:fs/promises'
import { CliError } from '../cli-error.ts'

/** The first link in a caught mail: path and query.
 *  @throws {CliError} when there is none */
export async function readLink(mail: string): Promise<string> {
  const link = linkIn(await readFile(mail, 'latin1'))
  if (!link) throw new CliError(`${mail}: there is no link in this mail`)
  const { pathname, search } = new URL(link)
  return pathname + search
}

/** The first link with a query in the text of a mail, as its reader sees it: headers have links, too.
 *  @param source - with the headers */
export function linkIn(source: string): string | undefined {
  const decoded = decodeQuotedPrintable(source)
  const text = decoded.slice(Math.max(0, decoded.search(/\r?\n\r?\n/)))
  return /https?:\/\/\S+\?\S+/.exec(text)?.[0]
}

/** Joins lines, and decodes characters (RFC 2045, section 6.7). Without this encoding, only a text with `=` and two
 *  hexadecimal digits would change. */
function decodeQuotedPrintable(source: string): string {
  if (!/^Content-Transfer-Encoding: quoted-printable/im.test(source)) return source
  return source
    .replace(/=\r?\n/g, '')
    .replace(/=([\dA-F]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
}
