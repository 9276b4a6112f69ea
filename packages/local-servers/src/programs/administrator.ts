import { execFileSync } from 'node:child_process'

/** How to run a program as root without being asked for a password: what goes before it. `undefined` when there is no way. */
export function administratorPrefix(): string[] | undefined {
  if (process.getuid?.() === 0) return []
  try {
    execFileSync('sudo', ['-n', 'true'], { stdio: 'ignore' })
    return ['sudo', '-n']
  } catch {
    return undefined
  }
}
