import assert from 'node:assert/strict'
import { appendFile, cp, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { docs } from '../../src/checks/docs.ts'
import { projectAt } from '../../src/project.ts'
import { copyProject, emptyProject } from '../support/project-copy.ts'

const faults = {
  'a dead link': ['[gone](gone.md)', 'docs/rabbitmq.md: dead link "gone.md"'],
  'a link to a heading that is not there': [
    '[gone](compose.md#gone)',
    '"/docs/compose.html#gone" leads to no heading',
  ],
  'a source file that is not there': [
    '`worker/gone.ts`',
    'docs/rabbitmq.md: there is no file "worker/gone.ts"',
  ],
} as const

test('the docs check', async t => {
  const root = await copyProject(t)
  await copyRest(root)
  for (const [text] of Object.values(faults)) await appendFile(join(root, 'docs/rabbitmq.md'), `\n${text}\n`)
  const { passed, output } = await docs.run(root, t.signal)
  assert.equal(passed, false)
  for (const [title, [, report]] of Object.entries(faults))
    await t.test(`finds ${title}`, () => assert.ok(output.includes(report), output))
  await t.test('finds nothing else', () =>
    assert.match(output, new RegExp(`has ${Object.keys(faults).length} faults`)),
  )
})

test('the docs check fails when there is no page', async t => {
  const { passed, output } = await docs.run(await emptyProject(t), t.signal)
  assert.equal(passed, false)
  assert.match(output, /the docs check read no file/)
})

/** Pages name files of all folders. */
async function copyRest(root: string): Promise<void> {
  const original = projectAt().root
  const present = new Set(await readdir(root))
  for (const name of await readdir(original))
    if (!present.has(name) && name !== '.git' && name !== '.jackalope')
      await cp(join(original, name), join(root, name), { recursive: true, verbatimSymlinks: true })
}
