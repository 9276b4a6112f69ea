import type { ChildProcess } from 'node:child_process'
import fluent from 'fluent-ffmpeg'
import { cannotRun, couldNotRun } from './cannot-run.ts'
import { type ConfinedCommand, confine } from './confine.ts'
import { endGroupOf } from './end-group.ts'
import { endWithUs } from './end-with-us.ts'
import { type FfmpegProgress, readProgress } from './ffmpeg-progress.ts'
import { fileAddress } from './input-options.ts'
import type { Cell } from './jail/cell.ts'
import { limitsIn, type ToolLimits } from './limits.ts'
import { collectMessages, type Message, type MessageLog, textOf } from './message-log.ts'
import { terminate } from './terminate.ts'
import type { ToolExit } from './tool-exit.ts'

// The only file that uses fluent-ffmpeg, which is no longer maintained. Its faults, and how this file avoids them:
// - a program that cannot be started ends this process with a TypeError, and kill() before `start` is ignored:
//   see `guardSpawn`;
// - a listener for its event `progress` makes it run ffprobe on the input without a whitelist: there is no listener;
// - options in one string or one array are split at spaces: each option is an argument of its own here;
// - its event `end` means exit code 0, which does not mean success: the caller judges the run;
// - it keeps the last lines of stderr, in which one message may drown all others: `collectMessages` keeps each kind;
// - it starts a program by its path alone, with all of our environment: `guardSpawn` puts limits around it.

export interface FfmpegOptions {
  /** Path or name of the program. */
  ffmpegPath: string
  /** Absolute path; or addresses of several inputs, see `partAddress`. */
  input: string | readonly string[]
  /** Options before each input and after the last one, at least two each. */
  inputOptions: readonly string[]
  outputOptions: readonly string[]
  /** Absolute path; overwritten. */
  output: string
  /** @default `defaultLimits` */
  limits?: Partial<ToolLimits>
  /** Where it runs. @default the file system and user of this process */
  cell?: Cell | undefined
  /** Aborting ends ffmpeg; the call then rejects with the signal's reason. */
  signal?: AbortSignal
  /** Called about twice a second, and at the end. */
  onProgress?: (progress: FfmpegProgress) => void
}

export interface FfmpegExit extends ToolExit {
  /** What ffmpeg reports to have written. */
  written: FfmpegProgress
  /** What it printed to stderr, by kinds. */
  messages?: readonly Message[]
}

/** Lines that fluent-ffmpeg keeps; ours are in `messages`. */
const maxLines = 20

/** Runs ffmpeg and resolves when it ends, with any exit code.
 *  @throws {ConverterError} `ERR_TOOL_UNUSABLE` if it cannot be started */
export async function runFfmpeg(options: FfmpegOptions): Promise<FfmpegExit> {
  const { ffmpegPath, signal } = options
  signal?.throwIfAborted()
  let child: ChildProcess | undefined
  let started = false
  let written: FfmpegProgress = { endSeconds: 0, sizeBytes: 0 }
  let log: MessageLog | undefined
  let startedAt = performance.now()
  const limits = limitsIn(options.cell, options.limits)
  const confined = await confine(ffmpegPath, [], limits, options.cell)
  signal?.throwIfAborted()
  const command = createCommand(options, confined)
  const stop = () => child && terminate(child)
  guardSpawn(command, confined, spawned => {
    child = spawned
    startedAt = performance.now()
    log = collectMessages(spawned.stderr, () => terminate(spawned))
    endWithUs(spawned)
    endGroupOf(spawned)
    if (signal?.aborted) terminate(spawned)
  })
  signal?.addEventListener('abort', stop, { once: true })
  try {
    await new Promise<void>((resolve, reject) => {
      command.on('start', () => {
        started = true
        readProgress(child?.stdout, progress => {
          written = progress
          options.onProgress?.(progress)
        })
      })
      command.on('end', () => resolve())
      command.on('error', (error: Error) => {
        // fluent-ffmpeg first runs the program to ask for its formats, which may fail too.
        if (started && child && hasEnded(child)) resolve()
        else reject(cannotRun(ffmpegPath, error.message))
      })
      command.run()
    })
    signal?.throwIfAborted()
    const { exitCode = null, signalCode = null } = child ?? {}
    const said = log?.messages() ?? []
    const wasFlooded = log?.isFlooded() ?? false
    const stderr = textOf(said)
    if (couldNotRun(exitCode, stderr)) throw cannotRun(ffmpegPath, stderr)
    const elapsedSeconds = (performance.now() - startedAt) / 1_000
    const { cpuSeconds } = limits
    return {
      exitCode,
      signal: signalCode,
      stderr,
      written,
      messages: said,
      wasFlooded,
      elapsedSeconds,
      cpuSeconds,
    }
  } catch (error) {
    throw signal?.aborted ? signal.reason : error
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}

function createCommand(options: FfmpegOptions, { command }: ConfinedCommand): fluent.FfmpegCommand {
  fluent.setFfmpegPath(command)
  const { input } = options
  const ffmpeg = fluent({ stdoutLines: maxLines })
  for (const address of typeof input === 'string' ? [fileAddress(input)] : input)
    ffmpeg.input(address).inputOptions(...options.inputOptions)
  return ffmpeg
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

/** Confines every process, reports it as soon as it exists, and turns a failed start into an ordinary failure. */
function guardSpawn(
  command: fluent.FfmpegCommand,
  { args: prefix, env }: ConfinedCommand,
  onChild: (child: ChildProcess) => void,
): void {
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
      spawnFfmpeg.call(command, [...prefix, ...args], { ...options, env, detached: true }, handOut, finish)
    } catch (error) {
      finish(error as Error)
    }
  }
}

function hasEnded(child: ChildProcess): boolean {
  // A program that cannot be started has a negative exit code.
  return child.signalCode !== null || (child.exitCode !== null && child.exitCode >= 0)
}
