/** Whether a text is 24 lower-case hexadecimal digits. Such an id has one spelling and is never a path. */
export function isBlobId(id: string): boolean {
  return /^[0-9a-f]{24}$/.test(id)
}
