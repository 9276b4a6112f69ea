import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

export interface ProgramResult {
  exitCode: number
  stdout: string
  stderr: string
}

interface Surroundings {
  root: string
  signal: AbortSignal
}

/** Runs one of the project's own programs (`node_modules/.bin`) to its end.
 *  @throws when it cannot be run, and the signal's reason */
export function runProgram(name: string, args: string[], surroundings: Surroundings): Promise<ProgramResult> {
  return run(join(surroundings.root, 'node_modules', '.bin', name), args, surroundings)
}

/** Runs a script of the project with this Node.js, to its end.
 *  @param script - relative to the project's folder
 *  @throws when it cannot be run, and the signal's reason */
export function runNode(script: string, surroundings: Surroundings): Promise<ProgramResult> {
  return run(process.execPath, [join(surroundings.root, script)], surroundings)
}

async function run(program: string, args: string[], { root, signal }: Surroundings): Promise<ProgramResult> {
  const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], signal })
  const [[exitCode], stdout, stderr] = await Promise.all([
    once(child, 'close'),
    text(child.stdout),
    text(child.stderr),
  ])
  return { exitCode: exitCode ?? 1, stdout, stderr }
}
