import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const pollMs = 200

/** Waits for a caught mail to an address; gives its file, or `undefined` when none came in time. */
export async function findMail(
  mailDir: string,
  address: string,
  { withinMs, signal }: { withinMs: number; signal: AbortSignal },
): Promise<string | undefined> {
  const deadline = performance.now() + withinMs
  while (performance.now() < deadline) {
    // Sorted by name, the newest is last.
    for (const name of (await readdir(mailDir)).toReversed()) {
      const file = join(mailDir, name)
      if (name.endsWith('.eml') && (await readFile(file, 'latin1')).includes(address)) return file
    }
    await delay(pollMs, undefined, { signal })
  }
  return undefined
}
