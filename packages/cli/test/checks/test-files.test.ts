import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { temporaryFolder } from '@jackalope/local-servers/testing'
import { findTestFiles } from '../../src/checks/test-files.ts'
import { UsageError } from '../../src/cli-error.ts'

const tests = [
  'test/demo.test.ts',
  'examples/thumbnail/test/thumbnail.test.ts',
  'packages/auth/test/deep/login.test.ts',
  'packages/gateway/test/main.test.ts',
]
const others = [
  ...['packages/auth/test/setup.ts', 'packages/auth/src/x.test.ts'],
  ...['packages/auth/node_modules/koa/test/a.test.ts', 'packages/auth/test/a.test.js'],
  'test/containers/session.test.ts',
]

async function setup(t: TestContext): Promise<string> {
  const root = await temporaryFolder(t)
  for (const file of [...tests, ...others]) {
    await mkdir(dirname(join(root, file)), { recursive: true })
    await writeFile(join(root, file), '')
  }
  return root
}

test('finds the tests of every package and of the whole, these first', async t => {
  const root = await setup(t)
  assert.deepEqual(await findTestFiles(root, [], root), tests)
})

test('takes folders and files as filters, from the root or from where the user is', async t => {
  const root = await setup(t)
  const [, , login] = tests
  assert.deepEqual(await findTestFiles(root, ['packages/auth'], '/'), [login])
  assert.deepEqual(
    await findTestFiles(root, ['./login.test.ts', '.'], join(root, 'packages/auth/test/deep')),
    [login],
  )
})

test('refuses a filter that names no test', async t => {
  const root = await setup(t)
  await assert.rejects(findTestFiles(root, ['packages/aut'], root), UsageError)
})
