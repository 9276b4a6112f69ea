import type { ChildProcess } from 'node:child_process'

const running = new Set<ChildProcess>()

/** Sees to it that a child process does not outlive this one when that exits in a hurry. A `kill -9` is dealt with
 *  by the next process: see `stale-folders.ts`. */
export function endWithUs(child: ChildProcess): void {
  if (child.pid === undefined) return // It could not be started, and will never exit.
  if (running.size === 0) process.on('exit', killAll)
  running.add(child)
  child.once('exit', () => {
    running.delete(child)
    if (running.size === 0) process.off('exit', killAll)
  })
}

function killAll(): void {
  for (const child of running) child.kill('SIGKILL')
}
