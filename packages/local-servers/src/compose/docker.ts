import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { findProgram } from '../programs/find-program.ts'

export interface DockerOptions {
  /** Variables besides those of this process. */
  env?: Record<string, string>
  withinMs: number
  signal?: AbortSignal | undefined
}

/** Runs a `docker` command; gives its output.
 *  @throws {Error} whose message is the last line of stderr */
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

/** Whether a Docker engine answers and Compose has version 2 or newer. The command `docker` alone is not enough: the
 *  engine may be stopped, or this user may have no access. */
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
