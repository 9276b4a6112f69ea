/** Longest name, in characters. With the suffix of a copy it still fits every file system. */
const maxLength = 120

/** Control characters, line breaks, halves of characters, and direction marks, which can make a name look as if it had
 *  another extension. */
const harmful = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu

/** A file's name for display and download: without folders, otherwise as the user wrote it. */
export function displayName(name: string): string {
  const base = name.split(/[\\/]/).at(-1) ?? ''
  const clean = base.normalize('NFC').replace(harmful, '').trim()
  if (/^\.*$/.test(clean)) return 'video'
  const characters = [...clean]
  if (characters.length <= maxLength) return clean
  const ending = /\.[^.\s]{1,10}$/u.exec(clean)?.[0] ?? ''
  return characters.slice(0, maxLength - [...ending].length).join('') + ending
}
