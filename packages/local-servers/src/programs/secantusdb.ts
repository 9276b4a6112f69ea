import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { LocalServerError } from '../errors.ts'
import { findPython } from './python.ts'
import { type LoggedRun, runLogged } from './run-logged.ts'

/** The release that this project is tested with. */
export const secantusdbVersion = '0.7.0b3'

/** Folder of the programs that `./jackalope` has installed: `.jackalope/toolchain` of the project. */
export const projectToolchainDir = resolve(import.meta.dirname, '../../../../.jackalope/toolchain')

/** Program and arguments of SecantusDB; `undefined` when it is not installed.
 *  @param toolchainDir - where its virtual environment is. @default the project's own */
export function findSecantusdb(toolchainDir?: string): { file: string; args: string[] } | undefined {
  const dir = environmentDir(toolchainDir)
  if (!existsSync(join(dir, completeMark))) return undefined
  // Run by its interpreter: the script's first line does not work with a space in the path.
  return { file: join(dir, 'bin', 'python3'), args: [join(dir, 'bin', 'secantusd-py')] }
}

/** Program and arguments of SecantusDB.
 *  @throws {LocalServerError} `ERR_PROGRAM_MISSING` that says how to install it */
export function requireSecantusdb(toolchainDir?: string): { file: string; args: string[] } {
  const found = findSecantusdb(toolchainDir)
  if (found) return found
  throw new LocalServerError(
    'ERR_PROGRAM_MISSING',
    'Neither mongod nor SecantusDB was found. ./jackalope up and ./jackalope test install SecantusDB.',
  )
}

/** Installs SecantusDB into a virtual environment of its own, about 100 MB.
 *  @throws {LocalServerError} `ERR_PROGRAM_MISSING`, `ERR_INSTALL_FAILED` */
export async function installSecantusdb(run: Omit<LoggedRun, 'title'>, toolchainDir?: string): Promise<void> {
  const python = findPython()
  if (!python)
    throw new LocalServerError(
      'ERR_PROGRAM_MISSING',
      'SecantusDB needs Python >= 3.10 with the module venv. On Debian and Ubuntu: apt-get install python3-venv',
    )
  const dir = environmentDir(toolchainDir)
  await rm(dir, { recursive: true, force: true })
  const title = 'Installing SecantusDB'
  await runLogged(python, ['-m', 'venv', dir], { ...run, title })
  const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input']
  await runLogged(join(dir, 'bin', 'python3'), [...pip, `secantusdb==${secantusdbVersion}`], {
    ...run,
    title,
  })
  await writeFile(join(dir, completeMark), '')
}

// The name contains the version: a new version is installed beside an old one.
function environmentDir(toolchainDir: string = projectToolchainDir): string {
  return join(toolchainDir, `secantusdb-${secantusdbVersion}`)
}

/** Name of the file that is written last: without it the installation is incomplete. */
const completeMark = 'installed'
