import { displayName } from '../../upload/display-name.ts'

/** Longest name, in bytes of UTF-8: with a number it still fits every file system. */
const maxNameBytes = 200

/** Characters that no file of Windows has in its name. */
const forbidden = /[<>:"|?*\\/]/g

/** Names that Windows keeps for devices, whatever follows the first dot. */
const devices = /^(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])(?=\s*(\.|$))/i

/** Names of files in an archive that can be unpacked everywhere: no paths, and no two that differ in upper and lower case
 *  alone. */
export function archiveNames(fileNames: readonly string[]): string[] {
  const taken = new Set<string>()
  /** The next number of a name, so that a hundred of one name do not look for it a hundred times. */
  const numbers = new Map<string, number>()
  return fileNames.map(fileName => {
    const safe = safeName(fileName)
    const { stem, ending } = split(safe)
    let name = safe
    for (let number = numbers.get(keyOf(safe)) ?? 2; taken.has(keyOf(name)); number += 1) {
      name = `${stem} (${number})${ending}`
      numbers.set(keyOf(safe), number + 1)
    }
    taken.add(keyOf(name))
    return name
  })
}

function keyOf(name: string): string {
  return name.normalize('NFC').toLowerCase()
}

function safeName(fileName: string): string {
  // Windows cuts dots and spaces off the end.
  const plain = displayName(fileName)
    .replace(forbidden, '_')
    .replace(devices, '_$1')
    .replace(/[. ]+$/, '')
  const { stem, ending } = split(plain === '' ? 'audio' : plain)
  const endingBytes = Buffer.byteLength(ending)
  let bytes = 0
  let kept = ''
  for (const character of stem) {
    bytes += Buffer.byteLength(character)
    if (bytes + endingBytes > maxNameBytes) break
    kept += character
  }
  return kept + ending
}

function split(name: string): { stem: string; ending: string } {
  const ending = /(?<=.)\.[^.\s]{1,10}$/u.exec(name)?.[0] ?? ''
  return { stem: name.slice(0, name.length - ending.length), ending }
}
