import { existsSync, globSync } from 'node:fs'
import { mkdtemp, readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { runCommand } from './run-command.ts'

interface Manifest {
  main: string
  types: string
  bin: Record<string, string>
  exports: Record<string, unknown>
  dependencies: Record<string, string>
}

/** Unpacks a tarball into a folder beside it.
 *  @returns the package's folder */
export async function unpack(tarball: string): Promise<string> {
  const folder = await mkdtemp(join(dirname(tarball), 'unpacked-'))
  await runCommand('tar', ['--extract', '--gzip', '--file', tarball], { cwd: folder })
  return join(folder, 'package')
}

/** What our own check finds wrong in an unpacked package. Node.js strips no types below node_modules, so what is imported must be
 *  JavaScript; publint does not look at that. */
export async function fileFaults(folder: string): Promise<string[]> {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest
  return [...wrongFiles(folder, manifest), ...(await lostSources(folder))]
}

function wrongFiles(folder: string, { main, types, bin, exports, dependencies }: Manifest): string[] {
  const named = [main, types, ...leaves(bin), ...leaves(exports)]
  const dependencyFaults = Object.entries(dependencies)
    .filter(([, range]) => range.startsWith('workspace:'))
    .map(([name]) => `dependencies: ${name} is a package of the workspace`)
  const required = ['LICENSE', 'README.md', ...named]
  const missing = required.filter(path => !existsSync(join(folder, path))).map(path => `${path} is missing`)
  const runnable = named
    .filter(path => !/\.(js|json|d\.ts)$/.test(path))
    .map(path => `${path} is no JavaScript`)
  return [...missing, ...runnable, ...dependencyFaults]
}

function leaves(value: unknown): string[] {
  return typeof value === 'string' ? [value] : Object.values(value as object).flatMap(leaves)
}

async function lostSources(folder: string): Promise<string[]> {
  const faults: string[] = []
  for (const map of globSync('dist/**/*.map', { cwd: folder })) {
    const { sources } = JSON.parse(await readFile(join(folder, map), 'utf8')) as { sources: string[] }
    const lost = sources.filter(source => !existsSync(resolve(folder, dirname(map), source)))
    faults.push(...lost.map(source => `${map} names ${source}, which is missing`))
  }
  return faults
}

/** What publint finds wrong in an unpacked package. */
export async function publintFaults(folder: string): Promise<string[]> {
  const { messages, pkg } = await publint({ pkgDir: folder, pack: false, strict: true })
  return messages.map(message => `publint: ${formatMessage(message, pkg, { color: false })}`)
}

/** What arethetypeswrong finds wrong in an unpacked package. */
export async function typeFaults(folder: string): Promise<string[]> {
  const tarball = join(folder, '../checked.tgz')
  await runCommand('tar', ['--create', '--gzip', '--file', tarball, 'package'], { cwd: dirname(folder) })
  const result = await checkPackage(createPackageFromTarballData(await readFile(tarball)))
  if (!result.types) return ['attw found no types']
  return result.problems.map(problem => `attw: ${problem.kind}`)
}
