import { spawn } from 'node:child_process'
import { findProgram } from '@jackalope/local-servers'

export interface Surroundings {
  env: Record<string, string | undefined>
  /** Whether a person sits at the terminal. */
  isInteractive: boolean
  /** @default this machine's */
  platform?: NodeJS.Platform
}

/** The program that opens an address on this desktop; `undefined` where there is none, or nobody who would see it: in CI,
 *  over ssh, without a terminal. */
export function desktopOpener({
  env,
  isInteractive,
  platform = process.platform,
}: Surroundings): 'open' | 'xdg-open' | undefined {
  if (!isInteractive || env.CI || env.SSH_CONNECTION || env.SSH_TTY) return undefined
  if (platform === 'darwin') return 'open'
  return env.DISPLAY || env.WAYLAND_DISPLAY ? 'xdg-open' : undefined
}

/** Opens an address in the browser of the desktop, if there is one; waits for nothing.
 *  @returns whether a program was started that opens it */
export function openPage(url: string, surroundings: Surroundings): boolean {
  const opener = desktopOpener(surroundings)
  const program = opener && findProgram(opener)
  if (!program) return false
  // Detached: the browser may be a child of this program, and outlives the command.
  const child = spawn(program, [url], { stdio: 'ignore', detached: true })
  // Nobody waits for it: the address is printed all the same.
  child.on('error', () => {})
  child.unref()
  return true
}
