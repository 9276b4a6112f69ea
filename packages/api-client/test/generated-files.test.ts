import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { generatedFiles } from '../build/generated-files.ts'

test('what is made of the definitions is up to date: run "pnpm generate"', async () => {
  for (const [path, text] of await generatedFiles())
    assert.ok((await readFile(path, 'utf8')) === text, `${path} is out of date: run "pnpm generate"`)
})
