import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { LocalServerError } from '../errors.ts'

/** The release that this project is tested with. */
export const secantusdbVersion = '0.7.0b3'

/** Where `./jackalope` keeps programs that it installed itself: `.jackalope/toolchain` of the project. */
export const projectToolchainDir = resolve(import.meta.dirname, '../../../../.jackalope/toolchain')

/** Folder of SecantusDB's virtual environment; named by the version, so that a new one is installed beside it. */
export function secantusdbDir(toolchainDir: string = projectToolchainDir): string {
  return join(toolchainDir, `secantusdb-${secantusdbVersion}`)
}

/** How to run SecantusDB; `undefined` when it is not installed. */
export function findSecantusdb(toolchainDir?: string): { file: string; args: string[] } | undefined {
  const bin = join(secantusdbDir(toolchainDir), 'bin')
  const script = join(bin, 'secantusd-py')
  // By its interpreter: the script's first line does not survive a space in the path.
  return existsSync(script) ? { file: join(bin, 'python3'), args: [script] } : undefined
}

/** @throws {LocalServerError} `ERR_PROGRAM_MISSING` that says how to install it */
export function requireSecantusdb(toolchainDir?: string): { file: string; args: string[] } {
  const found = findSecantusdb(toolchainDir)
  if (found) return found
  const dir = secantusdbDir(toolchainDir)
  throw new LocalServerError(
    'ERR_PROGRAM_MISSING',
    `Neither mongod nor SecantusDB was found. Run ./jackalope up or ./jackalope test once, which install SecantusDB, ` +
      `or: python3 -m venv '${dir}' && '${dir}/bin/pip' install secantusdb==${secantusdbVersion}`,
  )
}
