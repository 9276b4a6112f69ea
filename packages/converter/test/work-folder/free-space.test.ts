import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { test } from 'node:test'
import { ensureFreeSpace } from '../../src/work-folder/free-space.ts'

test('lets the work begin when there is room', async () => {
  await ensureFreeSpace(tmpdir(), 1)
})

test('refuses, for now, what does not fit', async () => {
  await assert.rejects(ensureFreeSpace(tmpdir(), 1e18), {
    code: 'ERR_DISK_FULL',
    isPermanent: false,
    message: /^Not enough space in .*: \d+ MiB needed, \d+ MiB free$/,
  })
})
