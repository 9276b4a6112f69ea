import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { CliError } from '../cli-error.ts'

export interface DockerOptions {
  /** The project's folder. */
  cwd: string
  env: Record<string, string | undefined>
  /** File that receives the output of long commands. */
  logFile: string
}

/** The Docker client. */
export interface Docker {
  /** Runs a short command, at most 60 s; gives its output and rejects when it fails. */
  ask(...args: string[]): Promise<string>
  /** Runs a long command; its output goes to the log file. Aborting ends it with SIGTERM.
   *  @throws {CliError} with the end of its output
   *  @throws the signal's reason */
  step(title: string, args: string[], signal?: AbortSignal): Promise<void>
  /** The same for another program that uses this engine. */
  stepOf(program: string, title: string, args: string[], signal?: AbortSignal): Promise<void>
}

const tailLines = 15
/** Longest short question, in milliseconds. */
const askWithinMs = 60_000

export function createDocker({ cwd, env, logFile }: DockerOptions): Docker {
  const stepOf: Docker['stepOf'] = async (program, title, args, signal) => {
    await mkdir(dirname(logFile), { recursive: true })
    const log = await open(logFile, 'a', 0o600)
    try {
      const start = (await log.stat()).size
      signal?.throwIfAborted()
      // In a session of its own: a Ctrl-C in the terminal must not end the clean-up.
      const child = spawn(program, args, {
        cwd,
        env,
        stdio: ['ignore', log.fd, log.fd],
        detached: true,
      })
      const end = () => child.kill('SIGTERM')
      signal?.addEventListener('abort', end, { once: true })
      const [code] = await once(child, 'exit').finally(() => signal?.removeEventListener('abort', end))
      signal?.throwIfAborted()
      if (code === 0) return
      const output = (await readFile(logFile)).subarray(start).toString('utf8').trimEnd()
      const tail = output.split('\n').slice(-tailLines).join('\n  ')
      throw new CliError(`${title} failed (exit code ${code}). The end of ${logFile}:\n  ${tail}`)
    } finally {
      await log.close()
    }
  }
  return {
    ask: async (...args) =>
      (await promisify(execFile)('docker', args, { cwd, env, timeout: askWithinMs })).stdout.trim(),
    step: (title, args, signal) => stepOf('docker', title, args, signal),
    stepOf,
  }
}
