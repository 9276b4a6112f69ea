import type { ChildProcess } from 'node:child_process'

/** ffmpeg ends within milliseconds of SIGTERM, unless it is blocked on reading or writing. */
const graceMs = 1_000

/** Ends a child process: SIGTERM, and SIGKILL one second later. Does not wait for its `exit`. */
export function terminate(child: ChildProcess): void {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs)
  child.once('exit', () => clearTimeout(timer))
}
