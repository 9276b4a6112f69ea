import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { identify, isRunning } from '@jackalope/local-servers'
import { temporaryFolder, until } from '@jackalope/local-servers/testing'
import { runTests } from '../../src/checks/run-tests.ts'

async function run(t: TestContext, source: string) {
  const root = await temporaryFolder(t)
  await writeFile(join(root, 'planted.test.ts'), source)
  return await runTests({ ...options(root), files: ['planted.test.ts'], signal: t.signal })
}

function options(root: string) {
  // With this variable a test runner would act as a part of the outer test run.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  return { root, env, countsFile: join(root, 'counts.json'), print: false, concurrency: 1 }
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

test('runs files in the order in which they are given', async t => {
  const root = await temporaryFolder(t)
  const files = ['long.test.ts', 'a.test.ts', 'b.test.ts']
  for (const file of files)
    await writeFile(
      join(root, file),
      `import { appendFileSync } from 'node:fs'\nappendFileSync('order', '${file} ')\n`,
    )
  await runTests({ ...options(root), files, signal: t.signal })
  assert.equal(await readFile(join(root, 'order'), 'utf8'), `${files.join(' ')} `)
})

test('leaves no process behind when it is interrupted', async t => {
  const root = await temporaryFolder(t)
  const endless = `${start}import { writeFileSync } from 'node:fs'
setInterval(() => {}, 1000)
test('a', () => new Promise(() => writeFileSync('pid', String(process.pid))))`
  await writeFile(join(root, 'endless.test.ts'), endless)
  const interruption = new AbortController()
  const ended = runTests({ ...options(root), files: ['endless.test.ts'], signal: interruption.signal })
  const readPid = () => readFile(join(root, 'pid'), 'utf8').catch(() => '')
  await until(async () => (await readPid()) !== '')
  const child = identify(Number(await readPid()))
  assert.ok(child)
  interruption.abort()
  await assert.rejects(ended, { name: 'AbortError' })
  await until(async () => !isRunning(child))
})
