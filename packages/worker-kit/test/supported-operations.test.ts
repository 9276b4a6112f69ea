import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { test } from 'node:test'

const require = createRequire(import.meta.url)

test("the README's grid names every member of BullMQ's backend interface", async () => {
  const bullmq = dirname(dirname(require.resolve('bullmq')))
  const declaration = await readFile(join(bullmq, 'esm/interfaces/queue-backend.d.ts'), 'utf8')
  const body = declaration.split('export interface IQueueBackend {')[1]?.split('\n}')[0] as string
  const members = new Set([...body.matchAll(/^ {4}(?:readonly )?(\w+)\??[(<:]/gm)].map(([, name]) => name))
  assert.ok(members.size > 80, `found ${members.size} members`)

  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')
  const grid = readme.slice(readme.indexOf('## Supported operations'), readme.indexOf('## Options'))
  const named = new Set([...grid.matchAll(/`(\w+)`/g)].map(([, name]) => name))
  assert.deepEqual(
    [...members].filter(name => !named.has(name)),
    [],
  )
})
