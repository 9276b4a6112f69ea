/** Longest name, in characters. With the suffix of a copy it still fits every file system. */
const maxLength = 120

/** Most UTF-16 units that are looked at, from the start and from the end of a longer name. Normalizing costs time that
 *  is quadratic in the combining marks of a letter. */
const startUnits = 900
const endUnits = 100

/** Control characters, line breaks, halves of characters, and direction marks, which can make a name look as if it had
 *  another extension. */
const harmful = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu

/** A file's name for display and download: without folders, otherwise as the user wrote it. */
export function displayName(name: string): string {
  const clean = shorten(baseName(name)).normalize('NFC').replace(harmful, '').trim()
  if (/^\.*$/.test(clean)) return 'video'
  const characters = [...clean]
  if (characters.length <= maxLength) return clean
  const ending = /\.[^.\s]{1,10}$/u.exec(clean)?.[0] ?? ''
  return characters.slice(0, maxLength - [...ending].length).join('') + ending
}

function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
}

function shorten(name: string): string {
  return name.length <= startUnits + endUnits ? name : name.slice(0, startUnits) + name.slice(-endUnits)
}
