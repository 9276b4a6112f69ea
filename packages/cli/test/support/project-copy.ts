import { cp, mkdir, symlink } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { TestContext } from 'node:test'
import { temporaryFolder } from '@jackalope/local-servers/testing'
import { projectAt } from '../../src/project.ts'

const original = projectAt()
const settings = [
  ...['jackalope', '.ci', 'package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml'],
  ...['tsconfig.json', 'biome.json', '.gitignore', '.dependency-cruiser.mjs'],
]

/** Two libraries without their tests: enough for a tool to show that it checks what it is given, in a fraction of the time. */
export const twoLibraries = ['packages/contracts', 'packages/worker-kit'].flatMap(folder =>
  ['src', 'node_modules', 'package.json'].map(name => `${folder}/${name}`),
)

const unneeded = new Set(['packages/docs-site/dist', 'packages/worker-kit/dist'])

/** A second clone of this project with a state of its own. It shares this clone's packages and tools.
 *  @param programs - what is copied besides the settings, relative to the project's folder. @default all programs */
export async function copyProject(
  t: TestContext,
  programs: readonly string[] = ['packages', 'bench', 'test'],
): Promise<string> {
  const root = join(await temporaryFolder(t), 'second clone')
  await mkdir(join(root, '.jackalope'), { recursive: true })
  for (const name of [...programs, ...settings])
    await cp(join(original.root, name), join(root, name), {
      recursive: true,
      verbatimSymlinks: true,
      // Half of all files, and needed by nobody here; the page's are, by systems that start from a copy.
      filter: source => !unneeded.has(relative(original.root, source)),
    }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
    })
  await symlink(join(original.root, 'node_modules'), join(root, 'node_modules'))
  await symlink(join(original.state, 'toolchain'), join(root, '.jackalope', 'toolchain'))
  return root
}

/** A folder with the project's settings and packages, but without files to check. */
export async function emptyProject(t: TestContext): Promise<string> {
  const root = join(await temporaryFolder(t), 'empty')
  await mkdir(root)
  for (const name of ['tsconfig.json', '.gitignore', '.dependency-cruiser.mjs'])
    await cp(join(original.root, name), join(root, name))
  await symlink(join(original.root, 'node_modules'), join(root, 'node_modules'))
  return root
}
