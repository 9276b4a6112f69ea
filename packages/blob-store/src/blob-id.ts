/** Whether a text is 24 lower-case hexadecimal digits: one blob has one name, and a name is never a path. */
export function isBlobId(id: string): boolean {
  return /^[0-9a-f]{24}$/.test(id)
}
