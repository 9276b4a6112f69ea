/** Gives the name back if it is a safe field name: no path and no MongoDB operator.
 *  @throws {TypeError} */
export function requireFieldName(field: string): string {
  if (/^\w+$/.test(field)) return field
  throw new TypeError(`Metadata field "${field}": expected letters, digits and "_" only.`)
}
