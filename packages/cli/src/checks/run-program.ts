import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

export interface ProgramResult {
  exitCode: number
  stdout: string
  stderr: string
}

/** Runs a program of `node_modules/.bin` to its end.
 *  @throws {Error} when it cannot be run
 *  @throws the signal's reason */
export async function runProgram(
  name: string,
  args: string[],
  { root, signal }: { root: string; signal: AbortSignal },
): Promise<ProgramResult> {
  const child = spawn(join(root, 'node_modules', '.bin', name), args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  })
  const [[exitCode], stdout, stderr] = await Promise.all([
    once(child, 'close'),
    text(child.stdout),
    text(child.stderr),
  ])
  return { exitCode: exitCode ?? 1, stdout, stderr }
}
