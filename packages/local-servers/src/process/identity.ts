import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** Names one process for good: a pid alone may belong to another one tomorrow. */
export interface ProcessIdentity {
  pid: number
  /** When the process began, in the system's own notation; compared only, never shown. */
  startedAt: string
}

interface ProcessState {
  startedAt: string
  /** Whether it ended and its parent has not asked how. */
  isZombie: boolean
}

/** `undefined` when no such process runs (a zombie does not run). */
export function identify(pid: number): ProcessIdentity | undefined {
  const state = readState(pid)
  return state && !state.isZombie ? { pid, startedAt: state.startedAt } : undefined
}

/** Identity of a child that was started in this turn of the event loop: it is there, even if it ended since. */
export function identifyNewChild(pid: number): ProcessIdentity | undefined {
  const state = readState(pid)
  return state && { pid, startedAt: state.startedAt }
}

/** Whether exactly this process, and not a later one with its pid, still runs. */
export function isRunning({ pid, startedAt }: ProcessIdentity): boolean {
  return identify(pid)?.startedAt === startedAt
}

const readState = existsSync('/proc/self/stat') ? stateFromProc : stateFromPs

function stateFromProc(pid: number): ProcessState | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The command's name is in brackets and may hold anything; the fields of proc(5) after it start with the third.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [state, startTicks] = [fields[0], fields[19]]
    return { startedAt: `${bootId()}/${startTicks}`, isZombie: state === 'Z' || state === 'X' }
  } catch {
    return undefined
  }
}

// Start times count from the boot, so they alone could match after a restart of the machine.
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
