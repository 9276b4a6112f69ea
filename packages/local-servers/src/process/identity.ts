import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** Identifies a process: its pid alone may belong to another process later. */
export interface ProcessIdentity {
  pid: number
  /** Start of the process in the system's notation; only compared, never shown. */
  startedAt: string
}

interface ProcessState {
  startedAt: string
  /** Whether it has ended and its parent has not reaped it. */
  isZombie: boolean
}

/** The identity of a running process; `undefined` when there is none. A zombie does not run. */
export function identify(pid: number): ProcessIdentity | undefined {
  const state = readState(pid)
  return state && !state.isZombie ? { pid, startedAt: state.startedAt } : undefined
}

/** Identity of a child that was started in this turn of the event loop. It exists even if the child has ended. */
export function identifyNewChild(pid: number): ProcessIdentity | undefined {
  const state = readState(pid)
  return state && { pid, startedAt: state.startedAt }
}

/** Whether this process still runs; a later process with its pid does not count. */
export function isRunning({ pid, startedAt }: ProcessIdentity): boolean {
  return identify(pid)?.startedAt === startedAt
}

const readState = existsSync('/proc/self/stat') ? stateFromProc : stateFromPs

function stateFromProc(pid: number): ProcessState | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The command's name is in parentheses and may contain any characters. Field 3 of proc(5) follows it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [state, startTicks] = [fields[0], fields[19]]
    return { startedAt: `${bootId()}/${startTicks}`, isZombie: state === 'Z' || state === 'X' }
  } catch {
    return undefined
  }
}

// Start times count from the boot, so they could match by chance after a restart of the machine.
function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()
  } catch {
    return 'boot'
  }
}

function stateFromPs(pid: number): ProcessState | undefined {
  try {
    const line = execFileSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], {
      encoding: 'latin1',
    }).trim()
    return { startedAt: line.replace(/^\S+\s+/, ''), isZombie: line.startsWith('Z') }
  } catch {
    return undefined
  }
}
