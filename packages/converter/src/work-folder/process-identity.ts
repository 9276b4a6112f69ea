import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'

/** Tells a process from a later one with the same id, and from one of another machine or container that shares the
 *  disk but not the process table. */
export interface ProcessIdentity {
  /** Fit for a file's name. */
  host: string
  pid: number
  /** Clock ticks from the machine's start to the process's; 0 where the system does not tell. */
  startTicks: number
}

export async function identityOf(pid: number): Promise<ProcessIdentity | undefined> {
  const startTicks = await startTicksOf(pid)
  return startTicks === undefined ? undefined : { host: thisHost(), pid, startTicks }
}

/** Whether that process is certainly gone. Of another host's processes nothing is known. */
export async function isGone(identity: ProcessIdentity): Promise<boolean> {
  if (identity.host !== thisHost()) return false
  return (await startTicksOf(identity.pid)) !== identity.startTicks
}

function thisHost(): string {
  return hostname().replace(/[^\w.-]/g, '_')
}

/** `undefined` if there is no such process. */
async function startTicksOf(pid: number): Promise<number | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    // proc(5): field 22; the second one, the name, may hold blanks and parentheses.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return state === 'Z' ? undefined : Number(fields[18])
  } catch {
    return process.platform === 'linux' || !isRunning(pid) ? undefined : 0
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
