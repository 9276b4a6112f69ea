import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const pollMs = 200

export interface MailSearch {
  /** Address of the recipient. */
  to: string
  /** What the mail is about, as its Message-ID begins: `account` or `audio-ready`. */
  kind: 'account' | 'audio-ready'
  /** Longest wait, in milliseconds. */
  withinMs: number
  signal: AbortSignal
}

/** Waits for a caught mail; gives its file, or `undefined` when none came in time. */
export async function findMail(
  mailDir: string,
  { to, kind, withinMs, signal }: MailSearch,
): Promise<string | undefined> {
  const deadline = performance.now() + withinMs
  while (performance.now() < deadline) {
    // Sorted by name, the newest is last.
    for (const name of (await readdir(mailDir)).toReversed()) {
      const file = join(mailDir, name)
      if (!name.endsWith('.eml')) continue
      const source = await readFile(file, 'latin1')
      if (source.includes(to) && source.includes(`Message-ID: <${kind}.`)) return file
    }
    await delay(pollMs, undefined, { signal })
  }
  return undefined
}
