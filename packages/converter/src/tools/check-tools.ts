import { ConfigError } from '@jackalope/service-kit'
import { runProgram } from './run-program.ts'

/** The programs that must run, by the variable that names them. */
export interface Tools {
  FFMPEG_PATH: string
  FFPROBE_PATH: string
}

/** Checks that ffmpeg and ffprobe run, and that ffmpeg can write every format.
 *  @returns their versions
 *  @throws {ConfigError} that says what to install */
export async function checkTools(tools: Tools): Promise<{ ffmpeg: string; ffprobe: string }> {
  const faults: string[] = []
  const ffmpeg = await readVersion('FFMPEG_PATH', tools.FFMPEG_PATH, faults)
  const ffprobe = await readVersion('FFPROBE_PATH', tools.FFPROBE_PATH, faults)
  const missing = ffmpeg === undefined ? [] : await missingEncoders(tools.FFMPEG_PATH)
  if (missing.length > 0)
    faults.push(
      `FFMPEG_PATH: ${tools.FFMPEG_PATH} cannot write all formats; install a build with ${missing.join(', ')}`,
    )
  if (ffmpeg === undefined || ffprobe === undefined || faults.length > 0) throw new ConfigError(faults)
  return { ffmpeg, ffprobe }
}

async function readVersion(
  variable: keyof Tools,
  path: string,
  faults: string[],
): Promise<string | undefined> {
  const exit = await runProgram(path, ['-hide_banner', '-version']).catch((error: Error) => error)
  if (!(exit instanceof Error) && exit.exitCode === 0)
    return /^\w+ version (\S+)/.exec(exit.stdout)?.[1] ?? 'unknown'
  const reason = exit instanceof Error ? exit.message : `${path} ended with ${exit.exitCode ?? exit.signal}`
  faults.push(`${variable}: ${reason}; install ffmpeg (Debian: apt-get install ffmpeg), or set ${variable}`)
  return undefined
}

/** Encoders of the formats that users may choose. */
const encoders = ['libmp3lame', 'aac', 'libopus', 'flac', 'pcm_s16le', 'pcm_s24le']

async function missingEncoders(path: string): Promise<string[]> {
  const { stdout } = await runProgram(path, ['-hide_banner', '-encoders'])
  const found = new Set(stdout.split('\n').map(line => line.trim().split(/\s+/)[1]))
  return encoders.filter(name => !found.has(name))
}
