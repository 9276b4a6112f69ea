import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { temporaryFolder } from '@jackalope/local-servers/testing'
import { lateTests } from '../../src/checks/late-tests.ts'

const waits = [
  "test('a', () => {})\nawait server.start()\ntest('b', () => {})\n",
  "test('a', () => {})\nconst server = await start()\n",
  'for (const name of names) test(name, () => {})\nconst { url, close } =\n  await startAServerWithALongName()\n',
  'for (const name of names) {\n  test(name, () => {})\n}\nfor await (const name of others) test(name, () => {})\n',
]

const fine = [
  "const server = await start()\ntest('a', async () => {\n  await server.call()\n})\n",
  "test('a', async () => await call())\nconst later = async () => await call()\nasync function f() {\n  await call()\n}\n",
]

test('a file that waits between its tests is found', async t => {
  for (const source of waits) {
    const { passed, output } = await lateTests.run(await project(t, source), t.signal)
    assert.equal(passed, false, source)
    assert.match(output, /^test\/a\.test\.ts:[234] waits after a test/)
  }
})

test('a file that waits before its tests, or within them, is not', async t => {
  for (const source of fine)
    assert.deepEqual(await lateTests.run(await project(t, source), t.signal), {
      passed: true,
      output: 'Checked 1 files',
    })
})

test('the check fails when there is no file', async t => {
  assert.equal((await lateTests.run(await temporaryFolder(t), t.signal)).passed, false)
})

async function project(t: TestContext, source: string): Promise<string> {
  const root = await temporaryFolder(t)
  await mkdir(join(root, 'test'))
  await writeFile(join(root, 'test', 'a.test.ts'), source)
  return root
}
