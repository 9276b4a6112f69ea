import type { ChildProcess } from 'node:child_process'

/** How long the output of a program is read that has ended, in milliseconds. */
const readMs = 1_000

/** A tool that a file has taken over may have started others, which hold its output open: they end when it does. One that has left
 *  the group keeps nobody waiting.
 *  @param child - leads a process group, by `detached` */
export function endGroupOf(child: ChildProcess): void {
  child.once('exit', () => {
    killGroup(child)
    const close = () => {
      child.stdout?.destroy()
      child.stderr?.destroy()
    }
    // After a turn of the event loop: what is there has been read then, also when this process was busy.
    const timer = setTimeout(() => setImmediate(close), readMs)
    child.once('close', () => clearTimeout(timer))
  })
}

/** Ends all processes of the group that a process leads, if it leads one. */
export function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // There is none, or nobody is left in it.
  }
}
