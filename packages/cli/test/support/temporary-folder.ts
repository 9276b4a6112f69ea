import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'

/** A folder with a space in its name that is removed after the test. */
export async function temporaryFolder(t: TestContext): Promise<string> {
  const dir = await realpath(await mkdtemp(join(tmpdir(), 'cli test ')))
  t.after(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }))
  return dir
}
