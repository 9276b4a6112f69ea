const name = '[!#$&^_.+\\w-]{1,127}'
const pattern = new RegExp(`^${name}/${name}$`)

/** The media type that a file is stored with: type and subtype of at most 127 characters each (RFC 6838, section 4.2),
 *  in lower case, without parameters.
 *  @returns `application/octet-stream` for what is no media type */
export function mediaType(header: string | undefined): string {
  // A header may be as long as the sender likes; no media type is longer than this.
  const type = (header ?? '').slice(0, 300).split(';', 1)[0]?.trim().toLowerCase() ?? ''
  return pattern.test(type) ? type : 'application/octet-stream'
}
