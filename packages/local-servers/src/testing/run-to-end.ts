import { execFile } from 'node:child_process'

export interface Outcome {
  /** `null` when a signal ended the program. */
  exitCode: number | null
  stdout: string
  stderr: string
}

export interface RunOptions {
  cwd?: string
  env?: Record<string, string | undefined>
  /** Longest run, in milliseconds; then the program is killed. @default 120_000 */
  limitMs?: number
}

/** Runs a program and resolves when it has ended, also when it fails. */
export function runToEnd(file: string, args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const { limitMs = 120_000, cwd, env } = options
  return new Promise(resolve => {
    const settings = { cwd, env, timeout: limitMs, killSignal: 'SIGKILL' } as const
    const child = execFile(file, args, settings, (_error, stdout, stderr) => {
      resolve({ exitCode: child.exitCode, stdout, stderr })
    })
  })
}
