import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CleanUpOwner, onEnd } from './clean-up.ts'

/** A folder, with a space in its name, that is removed after the test. */
export async function temporaryFolder(owner: CleanUpOwner): Promise<string> {
  const dir = await realpath(await mkdtemp(join(tmpdir(), 'jackalope test ')))
  onEnd(owner, () => rm(dir, { recursive: true, force: true, maxRetries: 5 }))
  return dir
}
