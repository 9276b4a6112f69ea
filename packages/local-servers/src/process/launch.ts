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
}

export interface LaunchOptions {
  /** File to which stdout and stderr are appended. */
  logFile: string
  /** Whether the process continues when this process ends. If not, it gets SIGTERM then, even after a `kill -9`. */
  outlivesParent: boolean
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
  const [file, args] = options.outlivesParent
    ? [command.file, command.args]
    : boundToThisProcess(command.file, command.args)
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
  return setpriv ? [setpriv, ['--pdeathsig', 'TERM', '--', file, ...args]] : [file, args]
}
