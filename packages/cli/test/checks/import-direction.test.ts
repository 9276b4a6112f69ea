import assert from 'node:assert/strict'
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { importDirection } from '../../src/checks/import-direction.ts'
import { copyProject, emptyProject, twoLibraries } from '../support/project-copy.ts'

interface Violation {
  title: string
  /** Source by path, relative to packages/. */
  files: Record<string, string>
  /** Packages that are linked into the first file's package, as pnpm does. */
  links?: string[]
  /** Name of the rule that is broken. */
  rule: string
}

const violations: Violation[] = [
  {
    title: 'a service that imports another service',
    files: { 'gateway/src/planted-service.ts': "import '../../auth/src/main.ts'\n" },
    rule: 'gateway-imports-only-what-it-may',
  },
  {
    title: 'a service that imports the local servers',
    files: { 'gateway/src/planted-servers.ts': "export { startRedis } from '@jackalope/local-servers'\n" },
    rule: 'gateway-imports-only-what-it-may',
  },
  {
    title: 'a library that imports another package',
    files: { 'blob-store/src/planted-library.ts': "export type { User } from '@jackalope/contracts'\n" },
    links: ['contracts'],
    rule: 'blob-store-imports-only-what-it-may',
  },
  {
    title: 'contracts that import more of worker-kit than its job definitions',
    files: { 'contracts/src/planted-kit.ts': "export { connect } from '@jackalope/worker-kit'\n" },
    rule: 'contracts-imports-only-what-it-may',
  },
  {
    title: 'a type-only import against the arrow',
    files: {
      'worker-kit/src/planted-type.ts':
        "import type { User } from '@jackalope/contracts'\nexport type U = User\n",
    },
    links: ['contracts'],
    rule: 'worker-kit-imports-only-what-it-may',
  },
  {
    title: 'a command line that imports a service package',
    files: { 'cli/src/planted-cli.ts': "export const load = () => import('../../gateway/src/main.ts')\n" },
    rule: 'cli-imports-only-what-it-may',
  },
  {
    title: 'a test that imports another service',
    files: { 'gateway/test/planted-test.test.ts': "import '../../auth/src/main.ts'\n" },
    rule: 'gateway-tests-import-only-what-they-may',
  },
  {
    title: 'a benchmark that imports a service',
    files: { '../bench/src/planted-bench.ts': "import '../../packages/auth/src/main.ts'\n" },
    rule: 'bench-imports-only-what-it-may',
  },
  {
    title: 'a package that imports the benchmarks',
    files: { 'worker-kit/src/planted-measure.ts': "export * from '../../../bench/src/statistics.ts'\n" },
    rule: 'bench-is-imported-by-nobody',
  },
  {
    title: 'a path into a package that may be imported by its name',
    files: { 'gateway/src/planted-deep.ts': "export * from '../../contracts/src/users.ts'\n" },
    rule: 'other-packages-by-their-name',
  },
  {
    title: 'an arrow within worker-kit that runs back up',
    files: {
      'worker-kit/src/redis/planted-arrow.ts': "export { Pump } from '../worker/pump.ts'\n",
    },
    rule: 'worker-kit-redis-imports-only-what-it-may',
  },
  {
    title: 'a folder of worker-kit without a rule',
    files: { 'worker-kit/src/surprise/planted-folder.ts': "import 'node:fs'\n" },
    rule: 'every-folder-of-worker-kit-has-a-rule',
  },
  {
    title: "a file beside worker-kit's folders that imports one of them",
    files: { 'worker-kit/src/planted-beside.ts': "export { Pump } from './worker/pump.ts'\n" },
    rule: 'files-beside-the-folders-of-worker-kit-import-none-of-them',
  },
  {
    title: 'a way around the door to fast publishing',
    files: {
      'worker-kit/src/amqp/planted-door.ts': "export * from './fast-publish/publish-frames.ts'\n",
    },
    rule: 'amqplib-behind-fast-publish-has-one-door',
  },
  {
    title: 'a cycle',
    files: {
      'gateway/src/planted-cycle.ts': "import { b } from './planted-cycle-b.ts'\nexport const a = () => b\n",
      'gateway/src/planted-cycle-b.ts': "import { a } from './planted-cycle.ts'\nexport const b = () => a\n",
    },
    rule: 'no-cycles',
  },
  {
    title: 'a cycle of types alone',
    files: {
      'gateway/src/planted-type-cycle.ts':
        "import type { B } from './planted-type-cycle-b.ts'\nexport type A = B[]\n",
      'gateway/src/planted-type-cycle-b.ts':
        "import type { A } from './planted-type-cycle.ts'\nexport type B = { a?: A }\n",
    },
    rule: 'no-cycles',
  },
  {
    title: 'code that imports a test',
    files: { 'cli/src/planted-code.ts': "export * from '../test/support/project-copy.ts'\n" },
    rule: 'code-imports-no-tests',
  },
  {
    title: 'a package without a rule',
    files: { 'surprise/src/planted-surprise.ts': "import 'node:fs'\n" },
    rule: 'every-package-has-a-rule',
  },
  {
    title: 'an import that leads nowhere',
    files: { 'gateway/src/planted-nowhere.ts': "import './nowhere.ts'\n" },
    rule: 'every-import-is-found',
  },
]

test('the import check', async t => {
  const root = await copyProject(t)
  for (const { files, links = [] } of violations) await plant(root, files, links)
  const { passed, output } = await importDirection.run(root, t.signal)
  assert.equal(passed, false)
  for (const { title, rule, files } of violations)
    await t.test(`finds ${title}`, () => {
      const reports = Object.keys(files).map(file => `${rule}: ${join('packages', file)} -> `)
      assert.ok(
        reports.some(report => output.includes(report)),
        `${reports} in:\n${output}`,
      )
    })
})

test('the import check fails when there is no file', async t => {
  const { passed, output } = await importDirection.run(await emptyProject(t), t.signal)
  assert.equal(passed, false)
  assert.match(output, /the import check read no file/)
})

test('the import check fails when dependency-cruiser leaves files out', async t => {
  const root = await copyProject(t, twoLibraries)
  await leaveOut(root)
  const { passed, output } = await importDirection.run(root, t.signal)
  assert.equal(passed, false)
  assert.match(output, /did not read .*packages\/contracts\/src\/index\.ts/)
})

async function plant(root: string, files: Record<string, string>, links: string[]): Promise<void> {
  for (const [path, source] of Object.entries(files)) {
    const file = join(root, 'packages', path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, source)
    const modules = join(root, 'packages', path.split('/')[0] ?? '', 'node_modules/@jackalope')
    for (const name of links) {
      await mkdir(modules, { recursive: true })
      await symlink(join('../../..', name), join(modules, name))
    }
  }
}

async function leaveOut(root: string): Promise<void> {
  const file = join(root, '.dependency-cruiser.mjs')
  const settings = await readFile(file, 'utf8')
  await writeFile(file, settings.replace(/exclude: \{\s*path: '/, '$&^packages/contracts/|'))
}
