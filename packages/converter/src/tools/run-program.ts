import { spawn } from 'node:child_process'
import { ConverterError } from '../converter-error.ts'
import { endWithUs } from './end-with-us.ts'
import { terminate } from './terminate.ts'
import type { ToolExit } from './tool-exit.ts'

export interface ProgramExit extends ToolExit {
  stdout: string
}

export interface ProgramOptions {
  /** Aborted: the program is ended, and the call throws the signal's reason once it is gone. */
  signal?: AbortSignal
  /** Longest output that is kept, in characters, of each of the two streams. @default 1_000_000 */
  maxOutputLength?: number
}

/** Runs a program to its end, without a shell and without input, whatever its exit code is.
 *  @throws {ConverterError} `ERR_TOOL_FAILED` if it cannot be started. */
export async function runProgram(
  path: string,
  args: readonly string[],
  { signal, maxOutputLength = 1_000_000 }: ProgramOptions = {},
): Promise<ProgramExit> {
  signal?.throwIfAborted()
  const child = spawn(path, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  endWithUs(child)
  const stdout = collectText(child.stdout, maxOutputLength)
  const stderr = collectText(child.stderr, maxOutputLength)
  const stop = () => terminate(child)
  signal?.addEventListener('abort', stop, { once: true })
  try {
    await new Promise<void>((resolve, reject) => {
      child.once('close', () => resolve())
      child.once('error', cause =>
        reject(new ConverterError('ERR_TOOL_FAILED', `Cannot run ${path}: ${cause.message}`, { cause })),
      )
    })
  } finally {
    signal?.removeEventListener('abort', stop)
  }
  signal?.throwIfAborted()
  return { exitCode: child.exitCode, signal: child.signalCode, stdout: stdout(), stderr: stderr() }
}

/** Reads everything, so that the program never blocks, and keeps the beginning. */
function collectText(stream: NodeJS.ReadableStream, maxLength: number): () => string {
  let text = ''
  stream.setEncoding('utf8')
  stream.on('data', (chunk: string) => {
    if (text.length < maxLength) text += chunk.slice(0, maxLength - text.length)
  })
  return () => text
}
