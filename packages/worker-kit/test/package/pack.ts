import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, symlink } from 'node:fs/promises'
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
 *  @param folder - an empty one
 *  @returns the tarball's path */
export async function pack(folder: string): Promise<string> {
  const copy = join(folder, 'workspace/packages/worker-kit')
  await mkdir(copy, { recursive: true })
  await cp(join(rootFolder, 'tsconfig.json'), join(folder, 'workspace/tsconfig.json'))
  await symlink(join(rootFolder, 'node_modules'), join(folder, 'workspace/node_modules'))
  await symlink(join(packageFolder, 'node_modules'), join(copy, 'node_modules'))
  for (const name of packed) await cp(join(packageFolder, name), join(copy, name), { recursive: true })
  const destination = join(folder, 'tarball')
  await mkdir(destination)
  await runCommand('npm', ['pack', '--pack-destination', destination], { cwd: copy })
  // What npm prints of it differs between its versions.
  const [tarball = '', ...more] = await readdir(destination)
  if (!tarball.endsWith('.tgz') || more.length > 0)
    throw new Error(`npm pack made no tarball in ${destination}`)
  return join(destination, tarball)
}
