import { execFileSync } from 'node:child_process'

/** Arguments before a command that run it as root without a password: `sudo -n`, or none for root. `undefined` when
 *  that is not possible. */
export function administratorPrefix(): string[] | undefined {
  if (process.getuid?.() === 0) return []
  try {
    execFileSync('sudo', ['-n', 'true'], { stdio: 'ignore' })
    return ['sudo', '-n']
  } catch {
    return undefined
  }
}
