import type { ChildProcess } from 'node:child_process'
import { killGroup } from './end-group.ts'

const running = new Set<ChildProcess>()

/** Kills a child process, and the group that it leads, when this process exits. After a `kill -9` of this process the next
 *  converter kills the child: see `stale-folders.ts`. */
export function endWithUs(child: ChildProcess): void {
  if (child.pid === undefined) return // It could not be started.
  if (running.size === 0) process.on('exit', killAll)
  running.add(child)
  child.once('exit', () => {
    running.delete(child)
    if (running.size === 0) process.off('exit', killAll)
  })
}

function killAll(): void {
  for (const child of running) {
    killGroup(child)
    child.kill('SIGKILL')
  }
}
