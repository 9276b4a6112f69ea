import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { test } from 'node:test'

const require = createRequire(import.meta.url)

test("the page of supported operations names every member of BullMQ's backend interface", async () => {
  const bullmq = dirname(dirname(require.resolve('bullmq')))
  const declaration = await readFile(join(bullmq, 'esm/interfaces/queue-backend.d.ts'), 'utf8')
  const body = declaration.split('export interface IQueueBackend {')[1]?.split('\n}')[0] as string
  const members = new Set([...body.matchAll(/^ {4}(?:readonly )?(\w+)\??[(<:]/gm)].map(([, name]) => name))
  assert.ok(members.size > 80, `found ${members.size} members`)

  const page = await readFile(new URL('../docs/supported-operations.md', import.meta.url), 'utf8')
  const grid = page.slice(page.indexOf('## Operations'), page.indexOf('## Beside other clients'))
  const named = new Set([...grid.matchAll(/`(\w+)`/g)].map(([, name]) => name))
  assert.deepEqual(
    [...members].filter(name => !named.has(name)),
    [],
  )
})
