import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { types } from '../../src/checks/types.ts'
import { copyProject, emptyProject, twoLibraries } from '../support/project-copy.ts'

const faults = {
  'wrong-type': "export const count: number = 'three'\n",
  // Node cannot strip an enum.
  enum: 'export enum Colour {\n  red,\n}\n',
  index: 'export const first = (list: string[]): string => list[0]\n',
}

test('the type check finds each planted fault', async t => {
  const root = await copyProject(t, twoLibraries)
  for (const [name, source] of Object.entries(faults))
    await writeFile(join(root, `packages/contracts/src/planted-${name}.ts`), source)
  const { passed, output } = await types.run(root, t.signal)
  assert.equal(passed, false)
  for (const name of Object.keys(faults))
    assert.match(output, new RegExp(`planted-${name}\\.ts\\(\\d+,\\d+\\): error TS`))
})

test('the type check fails when there is no file', async t => {
  const { passed, output } = await types.run(await emptyProject(t), t.signal)
  assert.equal(passed, false)
  assert.match(output, /the type check read no file/)
})

test('the type check fails when its settings leave files out', async t => {
  const root = await copyProject(t, twoLibraries)
  const file = join(root, 'tsconfig.json')
  const settings = await readFile(file, 'utf8')
  await writeFile(file, settings.replaceAll('packages/*/', 'packages/contracts/'))
  const { passed, output } = await types.run(root, t.signal)
  assert.equal(passed, false)
  assert.match(output, /did not read .*packages\/worker-kit\/src\/index\.ts/)
})
