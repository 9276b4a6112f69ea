import assert from 'node:assert/strict'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { temporaryFolder } from '@jackalope/local-servers/testing'
import { runTests } from '../../src/checks/run-tests.ts'
import { shareProcesses } from '../../src/checks/share-processes.ts'

const passes = "import { test } from 'node:test'\ntest('a', () => {})\n"

async function setup(t: TestContext, files: Record<string, string>) {
  const root = await temporaryFolder(t)
  for (const [file, source] of Object.entries(files)) {
    await mkdir(dirname(join(root, file)), { recursive: true })
    await writeFile(join(root, file), source)
  }
  return { root, dir: join(root, 'programs') }
}

/** Files of a package, in order. */
function many(count: number, folder: string) {
  return Array.from({ length: count }, (_, i) => `${folder}/${String(i).padStart(2, '0')}.test.ts`)
}

async function run(t: TestContext, root: string, files: string[]) {
  // With this variable a test runner would act as a part of the outer test run.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const countsFile = join(root, 'counts.json')
  const { passed, failed } = await runTests({ files, root, env, countsFile, signal: t.signal, print: false })
  return { passed, failed }
}

test('neighbouring test files of a package share a process', async t => {
  const files = [...many(9, 'packages/auth/test'), ...many(1, 'packages/page/test')]
  const place = await setup(t, Object.fromEntries(files.map(file => [file, passes])))
  const programs = await shareProcesses(files, place)
  assert.deepEqual(
    programs.map(program => basename(program)),
    [
      'packages-auth-test-00.test.ts-and-4-more.mjs',
      'packages-auth-test-05.test.ts-and-3-more.mjs',
      '00.test.ts',
    ],
  )
  assert.deepEqual(await run(t, place.root, programs), { passed: 10, failed: 0 })
})

test('every test runs, also of files that wait before they have tests', async t => {
  const wait = 'await new Promise(resolve => setTimeout(resolve, 300))\n'
  const files = many(3, 'packages/auth/test')
  const [first = '', second = '', third = ''] = files
  const place = await setup(t, { [first]: passes, [second]: wait + passes, [third]: passes })
  assert.deepEqual(await run(t, place.root, await shareProcesses(files, place)), { passed: 3, failed: 0 })
})

test('a file that cannot be loaded fails, and one that ends the process', async t => {
  for (const broken of ["import './nowhere.ts'\n", 'process.exit(0)\n']) {
    const files = many(2, 'packages/auth/test')
    const [first = '', second = ''] = files
    const place = await setup(t, { [first]: broken, [second]: passes })
    const { passed, failed } = await run(t, place.root, await shareProcesses(files, place))
    assert.equal(passed, 0)
    assert.ok(failed > 0, broken)
  }
})

test('a process of its own has a whole journey, what tests programs, and what has a hook for its whole process', async t => {
  const hooked = 'packages/page/test/b.test.ts'
  const place = await setup(t, {
    'packages/cli/test/a.test.ts': passes,
    'packages/cli/test/b.test.ts': passes,
    'packages/page/test/a.test.ts': `${passes}describe('b', () => {\n  before(() => {})\n})\n`,
    [hooked]: `${passes}beforeEach(() => {})\n`,
    'packages/page/test/c.test.ts': passes,
    'test/e2e/a.test.ts': passes,
    'test/e2e/b.test.ts': passes,
  })
  const alone = ['packages/cli/test/a.test.ts', 'packages/cli/test/b.test.ts', hooked]
  const journeys = ['test/e2e/a.test.ts', 'test/e2e/b.test.ts']
  const files = [...alone, ...journeys, 'packages/page/test/a.test.ts', 'packages/page/test/c.test.ts']
  const programs = await shareProcesses(files.toSorted(), place)
  assert.deepEqual(programs.slice(0, -1), [...alone, ...journeys])
  const program = await readFile(programs.at(-1) as string, 'utf8')
  assert.match(program, /"file:.*\/packages\/page\/test\/a\.test\.ts",\n.*\/c\.test\.ts"\n\]/)
})
