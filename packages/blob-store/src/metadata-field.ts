/** Gives the name back if it can mean nothing but a field: no path, no operator, no other file.
 *  @throws {TypeError} */
export function requireFieldName(field: string): string {
  if (/^\w+$/.test(field)) return field
  throw new TypeError(`Metadata field "${field}": expected letters, digits and "_" only.`)
}
