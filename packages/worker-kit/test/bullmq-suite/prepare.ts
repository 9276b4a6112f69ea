import { execFile } from 'node:child_process'
import { access, cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const require = createRequire(import.meta.url)

/** What BullMQ's tests import beside BullMQ and ioredis; the versions are those of BullMQ's own package.json. */
const testDependencies = ['vitest', 'sinon', 'rrule', 'progress', 'test-console', 'moment']

/** Lays out a scratch folder: BullMQ's tests as they are, with the installed BullMQ where they expect its source.
 *  @param source - a checkout of BullMQ's repository. */
export async function prepareSuite(dir: string, source: string): Promise<void> {
  const installed = dirname(dirname(dirname(require.resolve('bullmq'))))
  await mkdir(dir, { recursive: true })
  await cp(join(source, 'tests'), join(dir, 'tests'), { recursive: true })
  // Sandboxed processors ask for `dist`, everything else for `src`: both are what users get.
  await link(join(installed, 'dist'), join(dir, 'dist'))
  await link(join(installed, 'dist', 'cjs'), join(dir, 'src'))
  if (!(await exists(join(dir, 'node_modules', 'ioredis')))) await installDependencies(dir, source)
}

async function installDependencies(dir: string, source: string): Promise<void> {
  const { dependencies, devDependencies } = JSON.parse(await readFile(join(source, 'package.json'), 'utf8'))
  const versions = { ...dependencies, ...devDependencies } as Record<string, string>
  await writeFile(
    join(dir, 'package.json'),
    JSON.stringify({
      private: true,
      dependencies: Object.fromEntries(testDependencies.map(name => [name, versions[name]])),
    }),
  )
  await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: dir })
  // The version that BullMQ is installed with here.
  await link(dirname(require.resolve('ioredis/package.json')), join(dir, 'node_modules', 'ioredis'))
}

async function link(target: string, path: string): Promise<void> {
  await rm(path, { force: true })
  await symlink(target, path)
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
