import { execFileSync } from 'node:child_process'
import type { TestContext } from 'node:test'
import { onEnd, temporaryFolder } from '@jackalope/local-servers/testing'

/** A small disk of its own; `undefined` if this user may not mount one. */
export async function mountSmallDisk(t: TestContext, size: string): Promise<string | undefined> {
  const folder = await temporaryFolder(t)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    t.skip('needs root, to mount a small disk')
    return undefined
  }
  onEnd(t, () => execFileSync('umount', [folder]))
  return folder
}
