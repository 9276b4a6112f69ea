import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { LocalServerError } from '../errors.ts'

export interface LoggedRun {
  /** Name in messages: `Installing Debian packages`. */
  title: string
  /** File to which the program's output is appended. */
  logFile: string
  /** Aborting sends SIGTERM. @default none: the program is not interrupted, not even by a Ctrl-C in the terminal */
  signal?: AbortSignal
}

const tailLines = 15

/** Runs a program to its end, with the environment of this process.
 *  @throws {LocalServerError} `ERR_INSTALL_FAILED` with the end of its output */
export async function runLogged(file: string, args: string[], run: LoggedRun): Promise<void> {
  mkdirSync(dirname(run.logFile), { recursive: true })
  const log = openSync(run.logFile, 'a', 0o600)
  const start = statSync(run.logFile).size
  try {
    const child = spawn(file, args, { stdio: ['ignore', log, log], detached: true, signal: run.signal })
    const [code, signal] = await once(child, 'exit')
    if (code === 0) return
    const output = readFileSync(run.logFile).subarray(start).toString('utf8').trimEnd()
    const tail = output.split('\n').slice(-tailLines).join('\n  ')
    throw new LocalServerError(
      'ERR_INSTALL_FAILED',
      `${run.title} failed (${signal ?? `exit code ${code}`}). The end of ${run.logFile}:\n  ${tail}`,
    )
  } finally {
    closeSync(log)
  }
}
