import { setTimeout as delay } from 'node:timers/promises'
import { LocalServerError } from '../errors.ts'
import { isRunning, type ProcessIdentity } from './identity.ts'

const pollMs = 20
const killWithinMs = 10_000

/** Ends a process by SIGTERM or the given signal, and its whole group by SIGKILL if it still runs after `graceMs`. Does
 *  nothing when the process is gone, also when its pid belongs to another process now.
 *  @throws {LocalServerError} `ERR_STOP_FAILED` */
export async function stopProcess(
  identity: ProcessIdentity,
  graceMs: number,
  signal: NodeJS.Signals = 'SIGTERM',
): Promise<void> {
  if (!isRunning(identity)) return
  send(identity.pid, signal)
  if (!(await isGoneWithin(identity, graceMs))) await killProcess(identity)
}

/** Ends a process and its group by SIGKILL; resolves when it is gone.
 *  @throws {LocalServerError} `ERR_STOP_FAILED` */
export async function killProcess(identity: ProcessIdentity): Promise<void> {
  if (!isRunning(identity)) return
  send(-identity.pid, 'SIGKILL')
  send(identity.pid, 'SIGKILL')
  if (!(await isGoneWithin(identity, killWithinMs)))
    throw new LocalServerError('ERR_STOP_FAILED', `Process ${identity.pid} is still there after SIGKILL.`)
}

async function isGoneWithin(identity: ProcessIdentity, limitMs: number): Promise<boolean> {
  const deadline = performance.now() + limitMs
  while (isRunning(identity)) {
    if (performance.now() > deadline) return false
    await delay(pollMs)
  }
  return true
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
