import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, fstatSync, openSync } from 'node:fs'
import { LocalServerError } from '../errors.ts'
import { identifyNewChild, type ProcessIdentity } from './identity.ts'

/** A program to run in the background. */
export interface Command {
  file: string
  args: string[]
  /** The whole environment; `serverEnvironment()` suits most programs. */
  env: Record<string, string>
  cwd: string
  /** User who runs it if this process is root's. Needs Linux then. */
  insteadOfRoot?: string
}

export interface LaunchOptions {
  /** File to which stdout and stderr are appended. */
  logFile: string
  /** Whether the process continues when this process ends. If not, it gets the signal then, even after a `kill -9`. */
  outlivesParent: boolean
  /** @default 'SIGTERM' */
  stopSignal?: NodeJS.Signals
}

export interface Launched {
  identity: ProcessIdentity
  /** Length of the log file at the start of the process, in bytes. */
  logStart: number
  /** Why the process ended, in words; `undefined` while it runs. */
  ending(): string | undefined
}

/** Starts a program in a session of its own, so that a Ctrl-C in the terminal does not reach it.
 *  @throws {LocalServerError} `ERR_PROGRAM_MISSING`, `ERR_START_FAILED` */
export async function launch(command: Command, options: LaunchOptions): Promise<Launched> {
  const log = openSync(options.logFile, 'a', 0o600)
  const [file, args] = withPrivileges(command.file, command.args, [
    // First the user: a change of the user clears the signal.
    ...(command.insteadOfRoot ? insteadOfRoot(command.insteadOfRoot) : []),
    ...(options.outlivesParent ? [] : boundBy(options.stopSignal)),
  ])
  try {
    // Read the size before the process starts, which may write at once.
    const logStart = fstatSync(log).size
    const child = spawn(file, args, {
      cwd: command.cwd,
      env: command.env,
      stdio: ['ignore', log, log],
      detached: true,
    })
    let ending: string | undefined
    child.once('exit', (code, signal) => {
      ending = signal ? `was ended by ${signal}` : `ended with exit code ${code}`
    })
    const identity = child.pid === undefined ? undefined : identifyNewChild(child.pid)
    await once(child, 'spawn')
    child.unref()
    if (!identity) {
      child.kill()
      throw new Error('the system does not say when it began')
    }
    return { identity, logStart, ending: () => ending }
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT'
    throw new LocalServerError(
      missing ? 'ERR_PROGRAM_MISSING' : 'ERR_START_FAILED',
      `${command.file} could not be run: ${(cause as Error).message}`,
      { cause },
    )
  } finally {
    closeSync(log)
  }
}

const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find(path => existsSync(path))

/** The command for a program that gets SIGTERM when this process ends, even after a `kill -9`. Only Linux can do that,
 *  by its kernel; elsewhere the command is unchanged. */
export function boundToThisProcess(file: string, args: string[]): [string, string[]] {
  return withPrivileges(file, args, boundBy())
}

/** The command for a program that refuses to run as root: if this process is root's, another user runs it. */
export function unlessRoot(user: string, file: string, args: string[]): [string, string[]] {
  return withPrivileges(file, args, insteadOfRoot(user))
}

function boundBy(signal: NodeJS.Signals = 'SIGTERM'): string[] {
  return ['--pdeathsig', signal.replace(/^SIG/, '')]
}

/** The user keeps root's right to enter folders: those above a server's folder may be root's alone. */
function insteadOfRoot(user: string): string[] {
  if (process.getuid?.() !== 0) return []
  const right = '+dac_override'
  return ['--reuid', user, '--regid', user, '--clear-groups', '--inh-caps', right, '--ambient-caps', right]
}

function withPrivileges(file: string, args: string[], privileges: string[]): [string, string[]] {
  if (!setpriv || privileges.length === 0) return [file, args]
  return [setpriv, [...privileges, '--', file, ...args]]
}
