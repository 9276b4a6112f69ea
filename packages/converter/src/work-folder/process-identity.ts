import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'

/** Identifies a process: a later process may have the same id, and another machine or container may share the disk but
 *  not the process table. */
export interface ProcessIdentity {
  /** Name of the host, valid as a file name. */
  host: string
  pid: number
  /** Clock ticks from the machine's start to the process's start; 0 where the system does not report it. */
  startTicks: number
}

export async function identityOf(pid: number): Promise<ProcessIdentity | undefined> {
  const startTicks = await startTicksOf(pid)
  return startTicks === undefined ? undefined : { host: thisHost(), pid, startTicks }
}

/** Whether the process is certainly gone. A process of another host never is. */
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
