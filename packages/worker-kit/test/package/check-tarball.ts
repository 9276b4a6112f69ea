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

/** What is wrong with a packed tarball; empty for one that may be published. */
export async function faultsOf(tarball: string): Promise<string[]> {
  const folder = await unpack(tarball)
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest
  return [
    ...wrongFiles(folder, manifest),
    ...(await lostSources(folder)),
    ...(await publintFaults(tarball)),
    ...(await typeFaults(tarball)),
  ]
}

/** Unpacks a tarball into a folder beside it.
 *  @returns the package's folder */
export async function unpack(tarball: string): Promise<string> {
  const folder = await mkdtemp(join(dirname(tarball), 'unpacked-'))
  await runCommand('tar', ['--extract', '--gzip', '--file', tarball], { cwd: folder })
  return join(folder, 'package')
}

/** Node.js strips no types below node_modules, so what is imported must be JavaScript. publint does not look at that. */
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

async function publintFaults(tarball: string): Promise<string[]> {
  const { buffer } = new Uint8Array(await readFile(tarball))
  const { messages, pkg } = await publint({ pack: { tarball: buffer }, strict: true })
  return messages.map(message => `publint: ${formatMessage(message, pkg, { color: false })}`)
}

/** By arethetypeswrong. */
async function typeFaults(tarball: string): Promise<string[]> {
  const result = await checkPackage(createPackageFromTarballData(await readFile(tarball)))
  if (!result.types) return ['attw found no types']
  return result.problems.map(problem => `attw: ${problem.kind}`)
}
