import { accessSync, constants, statSync } from 'node:fs'
import { join } from 'node:path'
import { LocalServerError } from '../errors.ts'
import { searchPath } from '../process/environment.ts'

/** Full path of a program, from the given folders, PATH or the administrator's folders; `undefined` if it is missing. */
export function findProgram(name: string, folders: readonly string[] = []): string | undefined {
  return [...folders, ...searchPath()].map(folder => join(folder, name)).find(isExecutableFile)
}

/** Full path of a program.
 *  @throws {LocalServerError} `ERR_PROGRAM_MISSING` that says what to install */
export function requireProgram(name: string, debianPackage: string, folders: readonly string[] = []): string {
  const path = findProgram(name, folders)
  if (path) return path
  throw new LocalServerError(
    'ERR_PROGRAM_MISSING',
    `The program ${name} was not found. On Debian and Ubuntu: apt-get install ${debianPackage}`,
  )
}

function isExecutableFile(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
