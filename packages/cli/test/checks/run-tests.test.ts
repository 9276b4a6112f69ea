import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { temporaryFolder } from '@jackalope/local-servers/testing'
import { runTests } from '../../src/checks/run-tests.ts'

async function run(t: TestContext, source: string) {
  const root = await temporaryFolder(t)
  await writeFile(join(root, 'planted.test.ts'), source)
  // With this variable a test runner would act as a part of the outer test run.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const countsFile = join(root, 'counts.json')
  return await runTests({ files: ['planted.test.ts'], root, env, countsFile, signal: t.signal, print: false })
}

const start = "import assert from 'node:assert/strict'\nimport { test } from 'node:test'\n"

test('counts what passed, failed and was skipped', async t => {
  const outcome = await run(
    t,
    `${start}test('a', () => {})
test('b', () => {})
test('c', () => assert.equal(1, 2))
test('d', { skip: true }, () => {})`,
  )
  assert.deepEqual(outcome, { passed: 2, failed: 1, skipped: 1, succeeded: false })
})

test('counts a file that cannot be loaded as failed', async t => {
  const { failed, succeeded } = await run(t, "import './nowhere.ts'\n")
  assert.equal(failed, 1)
  assert.equal(succeeded, false)
})
