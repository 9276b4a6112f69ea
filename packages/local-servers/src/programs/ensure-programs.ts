import { join } from 'node:path'
import { LocalServerError } from '../errors.ts'
import type { AddressName } from '../server-set.ts'
import { rabbitmqScriptFolders } from '../servers/rabbitmq.ts'
import { administratorPrefix } from './administrator.ts'
import { describePackage, findChromium } from './chromium.ts'
import { findProgram } from './find-program.ts'
import { findPostgresql } from './postgresql.ts'
import { findPython } from './python.ts'
import { runLogged } from './run-logged.ts'
import { findSecantusdb, installSecantusdb } from './secantusdb.ts'

/** What the installed programs must be able to do: run the server of that address, convert media, be a proxy, run
 *  PostgreSQL, or show the page. */
export type Need = AddressName | 'ffmpeg' | 'nginx' | 'postgresql' | 'chromium'

export interface EnsureOptions {
  /** Receives the output of installers. */
  logFile: string
  /** Called before Debian packages are installed. If it gives `false`, an error says what to install. */
  confirm: (packages: string[]) => Promise<boolean>
  /** Called before each long step. */
  onStep: (text: string) => void
  /** Called with the reason when only MongoDB cannot be installed. @default the reason is thrown */
  onMissingMongodb?: (reason: LocalServerError) => void
  signal?: AbortSignal
  /** Where SecantusDB's virtual environment is. @default the project's own */
  toolchainDir?: string
}

/** Finds the programs that servers and services need, and installs those that are missing.
 *  @throws {LocalServerError} `ERR_PROGRAM_MISSING` that says what to install, `ERR_INSTALL_FAILED` */
export async function ensurePrograms(needs: readonly Need[], options: EnsureOptions): Promise<void> {
  const { onMissingMongodb, toolchainDir } = options
  const packagesFor = (wanted: readonly Need[]) => [
    ...new Set(wanted.flatMap(need => missingPackages(need, toolchainDir))),
  ]
  const others = needs.filter(need => need !== 'MONGODB_URL')
  const all = packagesFor(needs)
  try {
    // First try all packages at once: one question, one download.
    if (all.length > 0) await installPackages(all, options)
    if (needs.includes('MONGODB_URL')) await ensureMongodb(options)
  } catch (error) {
    if (!(error instanceof LocalServerError) || !onMissingMongodb || !needs.includes('MONGODB_URL'))
      throw error
    const stillMissing = packagesFor(others)
    if (stillMissing.length > 0) {
      // Without MongoDB's package the installation would fail in the same way.
      if (all.length === stillMissing.length || error.code === 'ERR_PROGRAM_MISSING') throw error
      await installPackages(stillMissing, options)
    }
    onMissingMongodb(error)
  }
}

async function ensureMongodb(options: EnsureOptions): Promise<void> {
  if (findProgram('mongod') || findSecantusdb(options.toolchainDir)) return
  options.onStep('Installing SecantusDB, which stands in for MongoDB')
  await installSecantusdb(options, options.toolchainDir)
}

function missingPackages(need: Need, toolchainDir?: string): string[] {
  const packageUnless = (found: unknown, name: string) => (found ? [] : [name])
  switch (need) {
    case 'AMQP_URL':
      return packageUnless(
        findProgram('rabbitmq-server', rabbitmqScriptFolders) && findProgram('epmd'),
        'rabbitmq-server',
      )
    case 'REDIS_URL':
      return packageUnless(findProgram('redis-server'), 'redis-server')
    case 'MYSQL_URL':
      return packageUnless(findProgram('mariadbd') && findProgram('mariadb-install-db'), 'mariadb-server')
    case 'MONGODB_URL':
      return packageUnless(
        findProgram('mongod') ?? findSecantusdb(toolchainDir) ?? findPython(),
        'python3-venv',
      )
    case 'ffmpeg':
      return packageUnless(findProgram('ffmpeg') && findProgram('ffprobe'), 'ffmpeg')
    case 'nginx':
      return packageUnless(findProgram('nginx'), 'nginx-light')
    case 'postgresql':
      return packageUnless(findPostgresql(), 'postgresql')
    case 'chromium':
      return packageUnless(findChromium(), 'chromium')
    case 'SMTP_URL':
      return []
  }
}

async function installPackages(
  packages: string[],
  { confirm, onStep, logFile }: EnsureOptions,
): Promise<void> {
  const list = packages.join(' ')
  const administrator = administratorPrefix()
  if (!findProgram('apt-get'))
    throw missing(`These programs are missing; install them by the means of this system: ${list}`)
  if (!administrator) throw missing(`Some programs are missing. Run: sudo apt-get install ${list}`)
  if (!(await confirm(packages)))
    throw missing(`Not installed. To do it yourself: sudo apt-get install ${list}`)
  onStep(`Installing Debian packages: ${packages.map(describePackage).join(', ')}`)
  const script = join(import.meta.dirname, '../../install-debian-packages.sh')
  const [file = '/bin/sh', ...args] = [...administrator, '/bin/sh', script, ...packages]
  // No abort signal: an interrupted package manager leaves packages half installed.
  await runLogged(file, args, { title: 'Installing Debian packages', logFile })
}

function missing(message: string): LocalServerError {
  return new LocalServerError('ERR_PROGRAM_MISSING', message)
}
