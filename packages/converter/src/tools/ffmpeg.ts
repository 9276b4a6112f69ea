import type { ChildProcess } from 'node:child_process'
import fluent from 'fluent-ffmpeg'
import { ConverterError } from '../converter-error.ts'
import { endWithUs } from './end-with-us.ts'
import { type FfmpegProgress, readProgress } from './ffmpeg-progress.ts'
import { fileAddress } from './input-options.ts'
import { terminate } from './terminate.ts'
import type { ToolExit } from './tool-exit.ts'

// The only file that uses fluent-ffmpeg, which is no longer maintained. Its faults, and how this file avoids them:
// - a program that cannot be started ends this process with a TypeError, and kill() before `start` is ignored:
//   see `guardSpawn`;
// - a listener for its event `progress` makes it run ffprobe on the input without a whitelist: there is no listener;
// - options in one string or one array are split at spaces: each option is an argument of its own here;
// - its event `end` means exit code 0, which does not mean success: the caller judges the run.

export interface FfmpegOptions {
  /** Path or name of the program. */
  ffmpegPath: string
  /** Absolute path. */
  input: string
  /** Options before and after the input, at least two each. */
  inputOptions: readonly string[]
  outputOptions: readonly string[]
  /** Absolute path; overwritten. */
  output: string
  /** Aborting ends ffmpeg; the call then rejects with the signal's reason. */
  signal?: AbortSignal
  /** Called about twice a second, and at the end. */
  onProgress?: (progress: FfmpegProgress) => void
}

export interface FfmpegExit extends ToolExit {
  /** What ffmpeg reports to have written. */
  written: FfmpegProgress
}

const maxStderrLines = 200

/** Runs ffmpeg and resolves when it ends, with any exit code.
 *  @throws {ConverterError} `ERR_TOOL_UNUSABLE` if it cannot be started */
export async function runFfmpeg(options: FfmpegOptions): Promise<FfmpegExit> {
  const { ffmpegPath, signal } = options
  signal?.throwIfAborted()
  let child: ChildProcess | undefined
  let started = false
  let written: FfmpegProgress = { endSeconds: 0, sizeBytes: 0 }
  const command = createCommand(options)
  const stop = () => child && terminate(child)
  guardSpawn(command, spawned => {
    child = spawned
    endWithUs(spawned)
    if (signal?.aborted) terminate(spawned)
  })
  signal?.addEventListener('abort', stop, { once: true })
  try {
    const stderr = await new Promise<string>((resolve, reject) => {
      command.on('start', () => {
        started = true
        readProgress(child?.stdout, progress => {
          written = progress
          options.onProgress?.(progress)
        })
      })
      command.on('end', (_stdout: string | null, stderr: string | null) => resolve(stderr ?? ''))
      command.on('error', (error: Error, _stdout: string | null, stderr: string | null) => {
        // fluent-ffmpeg first runs the program to ask for its formats, which may fail too.
        if (started && child && hasEnded(child)) resolve(stderr ?? '')
        else reject(cannotRun(ffmpegPath, error))
      })
      command.run()
    })
    signal?.throwIfAborted()
    return { exitCode: child?.exitCode ?? null, signal: child?.signalCode ?? null, stderr, written }
  } catch (error) {
    throw signal?.aborted ? signal.reason : error
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}

function createCommand(options: FfmpegOptions): fluent.FfmpegCommand {
  fluent.setFfmpegPath(options.ffmpegPath)
  return fluent({ stdoutLines: maxStderrLines })
    .input(fileAddress(options.input))
    .inputOptions(...options.inputOptions)
    .output(fileAddress(options.output))
    .outputOptions('-progress', 'pipe:1', ...options.outputOptions)
}

interface FluentInternals {
  _spawnFfmpeg(args: string[], options: object, ...callbacks: unknown[]): void
}
type OnProcess = (child: ChildProcess, ...lines: unknown[]) => void
type OnDone = (error: Error | null | undefined, stdout?: Lines, stderr?: Lines) => void
interface Lines {
  get(): string
}
const noLines: Lines = { get: () => '' }

/** Reports every process as soon as it exists, and turns a failed start into an ordinary failure. */
function guardSpawn(command: fluent.FfmpegCommand, onChild: (child: ChildProcess) => void): void {
  const internals = command as unknown as FluentInternals
  const spawnFfmpeg = internals._spawnFfmpeg
  internals._spawnFfmpeg = (args, options, ...callbacks) => {
    const onProcess = (callbacks.length > 1 ? callbacks[0] : () => {}) as OnProcess
    const onDone = callbacks.at(-1) as OnDone
    const handOut: OnProcess = (child, ...lines) => {
      onChild(child)
      onProcess(child, ...lines)
    }
    // fluent-ffmpeg reads the output of a process even if it did not start.
    const finish: OnDone = (error, stdout = noLines, stderr = noLines) => onDone(error, stdout, stderr)
    try {
      spawnFfmpeg.call(command, args, options, handOut, finish)
    } catch (error) {
      finish(error as Error)
    }
  }
}

function hasEnded(child: ChildProcess): boolean {
  // A program that cannot be started has a negative exit code.
  return child.signalCode !== null || (child.exitCode !== null && child.exitCode >= 0)
}

function cannotRun(path: string, cause: Error): ConverterError {
  return new ConverterError('ERR_TOOL_UNUSABLE', `Cannot run ${path}: ${cause.message}`, { cause })
}
