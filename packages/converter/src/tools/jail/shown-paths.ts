import { access, constants, realpath, stat } from 'node:fs/promises'
import { basename, delimiter, dirname, join, sep } from 'node:path'

/** Where a system keeps its programs and libraries, and what finds them. */
const ofSystem = [
  ...['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32', '/nix/store', '/gnu/store'],
  ...['/etc/ld.so.cache', '/etc/ld.so.conf', '/etc/ld.so.conf.d', '/etc/alternatives'],
]

/** Paths that programs need to run: those of the system, and their own folders elsewhere.
 *  @param programs - paths or names */
export async function shownPaths(programs: readonly string[]): Promise<string[]> {
  const shown = [...ofSystem]
  for (const program of programs) {
    const path = await locate(program)
    if (path === undefined) continue
    for (const folder of [dirname(path), await installedIn(await realpath(path))])
      if (!shown.some(known => isWithin(folder, known))) shown.push(folder)
  }
  return shown
}

/** `undefined` if it is not there: whoever runs it says so. */
async function locate(program: string): Promise<string | undefined> {
  const folders = program.includes(sep) ? [''] : (process.env.PATH ?? '').split(delimiter)
  for (const folder of folders) {
    const path = folder === '' ? program : join(folder, program)
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (path.startsWith(sep) && isThere) return path
  }
  return undefined
}

/** The folder of a program; with that of its libraries, if they stand beside each other. */
async function installedIn(path: string): Promise<string> {
  const folder = dirname(path)
  const parent = dirname(folder)
  const isTree = basename(folder) === 'bin' && (await stat(join(parent, 'lib')).catch(() => undefined))
  return isTree ? parent : folder
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}${sep}`)
}
