import { type Explained, explained } from '@jackalope/contracts'
import { ConverterError } from '../converter-error.ts'
import { couldNotRun } from '../tools/cannot-run.ts'
import type { ToolExit } from '../tools/tool-exit.ts'

// A failed run means that the file is at fault (permanent, with a reason for its owner), unless the message is known to
// be about this machine (temporary). Decoders report damage in countless ways: every unknown message counts as damage.

/** Messages about this machine, probably: a file may have such a text in it, which is then shown. So they prove nothing, and
 *  use up an attempt. `Input/output error` and `Cannot allocate memory` are missing here, because damaged files cause them
 *  too. */
const diskFull = /No space left on device|Disk quota exceeded|File too large/
const ours = [
  /: No such file or directory$/m,
  /: Permission denied$/m,
  /: Read-only file system$/m,
  /: Too many open files/m,
  /error while loading shared libraries/,
  /Unrecognized option|Option .* not found|Unknown encoder|Unable to find a suitable output format/,
]

/** ffmpeg's exit code after a signal: from `terminate`, a Ctrl-C in a terminal, or a service manager. */
const stoppedCode = 255

/** Signals of a program that has made a mistake, or has used up what it may: a file made it do so, and would again. */
const signalsOfTheFile = ['SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGILL', 'SIGSYS', 'SIGTRAP', 'SIGXCPU']

/** A run as long as that share of its processor time may have used it up: some versions run on several cores. */
const cpuShare = 0.3

/** Whether the file made the tool crash, or use more memory or processor time than a recording needs. */
function wasTooDemanding(exit: ToolExit): boolean {
  const { exitCode, signal, stderr, elapsedSeconds = 0, cpuSeconds, wasFlooded = false } = exit
  if (wasFlooded) return true
  if (signalsOfTheFile.some(name => name === signal)) return true
  // ffmpeg takes SIGXCPU for a wish to stop.
  const wasStopped = exitCode === stoppedCode || signal === 'SIGKILL'
  if (wasStopped && cpuSeconds !== undefined) return elapsedSeconds >= cpuSeconds * cpuShare
  return exitCode !== null && exitCode !== 0 && /Cannot allocate memory/.test(stderr)
}

export function tooDemanding(options?: ErrorOptions): ConverterError {
  return new ConverterError('ERR_FILE_TOO_DEMANDING', explained('file-too-demanding', {}), options)
}

/** What ended a run other than the state of the audio: a fault of this machine, which may have damaged the output even
 *  with exit code 0; or a file that made the tool crash. */
export function findOwnFault(tool: string, exit: ToolExit): ConverterError | undefined {
  const { exitCode, signal, stderr } = exit
  if (diskFull.test(stderr))
    return new ConverterError('ERR_TOOL_FAILED', `${tool} could not write: ${lastLine(exit)}`)
  if (wasTooDemanding(exit)) return tooDemanding()
  if (signal !== null) return new ConverterError('ERR_TOOL_FAILED', `${tool} was ended by ${signal}`)
  if (exitCode === stoppedCode) return new ConverterError('ERR_TOOL_FAILED', `${tool} was told to stop`)
  if (exitCode === 0) return undefined
  const code = couldNotRun(exitCode) ? 'ERR_TOOL_UNUSABLE' : 'ERR_TOOL_FAILED'
  if (couldNotRun(exitCode) || ours.some(complaint => complaint.test(stderr)))
    return new ConverterError(code, `${tool} failed with code ${exitCode}: ${lastLine(exit)}`)
  return undefined
}

/** Why ffprobe could not open a file. */
export function classifyProbeFailure(exit: ToolExit): ConverterError {
  const ownFault = findOwnFault('ffprobe', exit)
  if (ownFault) return ownFault
  // Of MP4, and of CAF.
  if (/moov atom not found|Missing packet table/.test(exit.stderr)) return indexMissing()
  const codec = unopenedCodec(exit.stderr)
  if (codec !== undefined) return unsupported(explained('decoder-missing', { codec }))
  return new ConverterError('ERR_FILE_NOT_MEDIA', explained('file-not-media', {}))
}

/** The codec for whose sake ffprobe gave up: it knows the name, and not this kind of it. */
function unopenedCodec(stderr: string): string | undefined {
  const [, codec] =
    /^\[(\w+) @ \w+\] .*not (?:implemented|supported).*\nCould not open codec for input stream/m.exec(
      stderr,
    ) ?? []
  // ISO/IEC 14496-3: what phones and social networks call xHE-AAC, and ffmpeg before 7.1 does not decode.
  return codec === 'aac' && /Audio object type 42 /.test(stderr) ? 'xHE-AAC' : codec
}

/** Why ffmpeg failed with an exit code other than 0.
 *  @param readSeconds - how much it had read until then
 *  @param expectedSeconds - length of the audio, if known
 *  @param codec - ffmpeg's name of it */
export function classifyConversionFailure(
  exit: ToolExit,
  readSeconds: number,
  expectedSeconds?: number,
  codec = 'unknown',
): ConverterError {
  const ownFault = findOwnFault('ffmpeg', exit)
  if (ownFault) return ownFault
  const { stderr } = exit
  if (/matches no streams/.test(stderr)) return noAudio()
  const [, channels] = /Rematrix is needed between (\S+) channels/.exec(stderr) ?? []
  if (channels !== undefined) return unsupported(explained('channels-unknown', { channels }))
  if (
    /Decod(er|ing requested).*(not found|no decoder)|Unknown decoder|unsupported codec|not yet implemented|patchwelcome|no decoder found/i.test(
      stderr,
    )
  )
    return unsupported(explained('decoder-missing', { codec }))
  return damaged(readSeconds, expectedSeconds)
}

export function indexMissing(): ConverterError {
  return new ConverterError('ERR_FILE_DAMAGED', explained('file-index-missing', {}))
}

export function noAudio(): ConverterError {
  return new ConverterError('ERR_NO_AUDIO', explained('no-audio-track', {}))
}

export function noSound(): ConverterError {
  return new ConverterError('ERR_NO_AUDIO', explained('audio-track-empty', {}))
}

export function unsupported(reason: Explained): ConverterError {
  return new ConverterError('ERR_AUDIO_UNSUPPORTED', reason)
}

/** @param readSeconds - how much of the audio could be read
 *  @param expectedSeconds - length of the audio, if known */
export function damaged(readSeconds: number, expectedSeconds = 0): ConverterError {
  return new ConverterError('ERR_FILE_DAMAGED', describeDamage(readSeconds, expectedSeconds))
}

function describeDamage(readSeconds: number, statedSeconds: number): Explained {
  if (readSeconds < 0.1) return explained('not-decodable', {})
  if (readSeconds < statedSeconds) return explained('read-in-part', { readSeconds, statedSeconds })
  return explained('read-until', { readSeconds })
}

/** @param seconds - length of the audio, if known */
export function tooLong(maxSeconds: number, seconds?: number): ConverterError {
  return new ConverterError('ERR_AUDIO_TOO_LONG', explained('audio-too-long', { maxSeconds, seconds }))
}

function lastLine({ stderr }: ToolExit): string {
  return stderr.trim().split('\n').at(-1) ?? ''
}
