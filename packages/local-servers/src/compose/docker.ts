import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { findProgram } from '../programs/find-program.ts'

export interface DockerOptions {
  /** Variables besides those of this process. */
  env?: Record<string, string>
  withinMs: number
  signal?: AbortSignal | undefined
}

/** Runs the `docker` command to its end and gives what it prints.
 *  @throws {Error} whose message is the last line of what it complains of */
export async function docker(args: string[], { env, withinMs, signal }: DockerOptions): Promise<string> {
  try {
    const options = {
      env: { ...process.env, ...env },
      timeout: withinMs,
      signal,
      maxBuffer: 16 * 1024 * 1024,
    }
    return (await promisify(execFile)('docker', args, options)).stdout
  } catch (cause) {
    signal?.throwIfAborted()
    const { stderr = '', message, killed } = cause as Error & { stderr?: string; killed?: boolean }
    const reason = killed
      ? `no answer within ${withinMs / 1_000} s`
      : stderr.trim().split('\n').at(-1) || message
    throw new Error(`docker ${args[0]}: ${reason}`, { cause })
  }
}

/** Whether an engine answers and Compose is of version 2 or newer. The command alone proves nothing: the engine may be
 *  stopped, or not for this user. */
export async function hasComposeEngine(signal?: AbortSignal): Promise<boolean> {
  if (!findProgram('docker')) return false
  try {
    await docker(['version', '--format', '{{.Server.Version}}'], { withinMs: 5_000, signal })
    const version = await docker(['compose', 'version', '--short'], { withinMs: 5_000, signal })
    return Number.parseInt(version.replace(/^v/, ''), 10) >= 2
  } catch {
    signal?.throwIfAborted()
    return false
  }
}
