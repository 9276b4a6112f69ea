import { existsSync } from 'node:fs'
import { cp, mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { runCommand } from './run-command.ts'

const packageFolder = join(import.meta.dirname, '../..')
const rootFolder = join(packageFolder, '../..')

/** What a pack is made of; `CHANGELOG.md` is there from the first release on. */
const packed = [
  ...['src', 'build', 'package.json', 'tsconfig.build.json', 'README.md', 'LICENSE'],
  ...['docs', 'CHANGELOG.md'].filter(name => existsSync(join(packageFolder, name))),
]

/** Builds and packs this package by `npm pack`, from a copy: the build replaces `dist`, and other tests run beside.
 *  @param change - is given the copied package before it is built
 *  @returns the tarball's path */
export async function pack(folder: string, change?: (copy: string) => Promise<void>): Promise<string> {
  const copy = join(folder, 'workspace/packages/worker-kit')
  await mkdir(copy, { recursive: true })
  await cp(join(rootFolder, 'tsconfig.json'), join(folder, 'workspace/tsconfig.json'))
  await symlink(join(rootFolder, 'node_modules'), join(folder, 'workspace/node_modules'))
  await symlink(join(packageFolder, 'node_modules'), join(copy, 'node_modules'))
  for (const name of packed) await cp(join(packageFolder, name), join(copy, name), { recursive: true })
  await change?.(copy)
  return await packFolder(copy, folder)
}

/** Packs a folder as it is.
 *  @param scripts - whether its `prepack` runs */
export async function packFolder(source: string, destination: string, scripts = true): Promise<string> {
  const args = ['pack', '--json', '--pack-destination', destination, ...(scripts ? [] : ['--ignore-scripts'])]
  const stdout = await runCommand('npm', args, { cwd: source })
  // The output of `prepack` comes before npm's own.
  const [{ filename }] = JSON.parse(stdout.slice(stdout.indexOf('[\n'))) as [{ filename: string }]
  return join(destination, filename.replace(/^@/, '').replace('/', '-'))
}
