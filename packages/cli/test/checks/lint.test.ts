import assert from 'node:assert/strict'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { lint } from '../../src/checks/lint.ts'
import { copyProject, emptyProject, twoLibraries } from '../support/project-copy.ts'

const faults: [name: string, source: string, report: RegExp][] = [
  ['fault', 'export function f() {\n  debugger\n}\n', /planted-fault\.ts.*noDebugger/],
  [
    'warning',
    'export const pick = (a?: { b: string }) => a && a.b\n',
    /planted-warning\.ts.*useOptionalChain/,
  ],
  ['format', 'export const  one = 1\n', /planted-format\.ts format/],
]

test('lint', async t => {
  const root = await copyProject(t, twoLibraries)
  for (const [name, source] of faults)
    await writeFile(join(root, `packages/contracts/src/planted-${name}.ts`), source)
  const { passed, output } = await lint.run(root, t.signal)
  assert.equal(passed, false)
  for (const [name, , report] of faults)
    await t.test(`finds a planted ${name}`, () => assert.match(output, report))
})

test('lint fails when there is no file', async t => {
  const { passed, output } = await lint.run(await emptyProject(t), t.signal)
  assert.equal(passed, false)
  assert.match(output, /lint read no file/)
})

test('lint fails when its settings leave files out', async t => {
  const root = await copyProject(t, twoLibraries)
  await rm(join(root, 'biome.json'))
  await writeFile(join(root, 'biome.json'), '{ "files": { "includes": ["packages/contracts/**"] } }\n')
  const { passed, output } = await lint.run(root, t.signal)
  assert.equal(passed, false)
  assert.match(output, /lint read \d+ of \d+ files/)
})
