import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { onEnd, temporaryFolder } from '@jackalope/local-servers/testing'
import { createDiskBlobStore } from '../src/index.ts'
import type { StoreUnderTest } from './contract/store-under-test.ts'

export interface DiskUnderTest extends StoreUnderTest {
  dir: string
}

/** A store in a folder of its own, removed after the test. */
export async function setupDisk(t: TestContext): Promise<DiskUnderTest> {
  const parent = await temporaryFolder(t)
  const dir = join(parent, 'store')
  const store = createDiskBlobStore({ dir })
  onEnd(t, () => store.close())
  return {
    store,
    place: { kind: 'disk', dir: parent, name: 'store' },
    dir,
    async countLeftovers() {
      return (await readdir(join(dir, 'unfinished'), { recursive: true })).length
    },
    async damage(id) {
      const path = join(dir, 'blobs', id, 'content')
      const bytes = await readFile(path)
      bytes[0] = (bytes[0] ?? 0) ^ 1
      await writeFile(path, bytes)
    },
    async leaveHalfWritten() {
      const blob = join(dir, 'unfinished', randomBytes(12).toString('hex'))
      await mkdir(blob)
      await writeFile(join(blob, 'content'), 'half')
    },
  }
}
