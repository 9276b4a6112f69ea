import { spawn } from 'node:child_process'
import { cannotRun, couldNotRun } from './cannot-run.ts'
import { confine } from './confine.ts'
import { endGroupOf } from './end-group.ts'
import { endWithUs } from './end-with-us.ts'
import type { Cell } from './jail/cell.ts'
import { limitsIn, type ToolLimits } from './limits.ts'
import { terminate } from './terminate.ts'
import type { ToolExit } from './tool-exit.ts'

export interface ProgramExit extends ToolExit {
  stdout: string
}

export interface ProgramOptions {
  /** Aborting ends the program; the call then rejects with the signal's reason. */
  signal?: AbortSignal
  /** @default `defaultLimits` */
  limits?: Partial<ToolLimits>
  /** Where it runs. @default the file system and user of this process */
  cell?: Cell | undefined
  /** Most characters that are kept of stdout, and of stderr. @default 1_000_000 */
  maxOutputLength?: number
}

/** Runs a program without input, confined, and resolves when it ends, with any exit code.
 *  @throws {ConverterError} `ERR_TOOL_UNUSABLE` if it cannot be started */
export async function runProgram(
  path: string,
  args: readonly string[],
  { signal, limits, cell, maxOutputLength = 1_000_000 }: ProgramOptions = {},
): Promise<ProgramExit> {
  signal?.throwIfAborted()
  const allLimits = limitsIn(cell, limits)
  const confined = await confine(path, args, allLimits, cell)
  signal?.throwIfAborted()
  const { command, env } = confined
  const startedAt = performance.now()
  const child = spawn(command, confined.args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  endWithUs(child)
  endGroupOf(child)
  const stdout = collectText(child.stdout, maxOutputLength)
  const stderr = collectText(child.stderr, maxOutputLength)
  const stop = () => terminate(child)
  signal?.addEventListener('abort', stop, { once: true })
  try {
    await new Promise<void>((resolve, reject) => {
      child.once('close', () => resolve())
      child.once('error', cause => reject(cannotRun(path, cause.message)))
    })
  } finally {
    signal?.removeEventListener('abort', stop)
  }
  signal?.throwIfAborted()
  if (couldNotRun(child.exitCode, stderr())) throw cannotRun(path, stderr())
  return {
    exitCode: child.exitCode,
    signal: child.signalCode,
    stdout: stdout(),
    stderr: stderr(),
    elapsedSeconds: (performance.now() - startedAt) / 1_000,
    cpuSeconds: allLimits.cpuSeconds,
  }
}

/** Keeps the beginning of the output and reads the rest too, so that the program never blocks. */
function collectText(stream: NodeJS.ReadableStream, maxLength: number): () => string {
  let text = ''
  stream.setEncoding('utf8')
  stream.on('data', (chunk: string) => {
    if (text.length < maxLength) text += chunk.slice(0, maxLength - text.length)
  })
  return () => text
}
