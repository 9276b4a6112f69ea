import { ConfigError } from '@jackalope/service-kit'
import { runProgram } from './run-program.ts'

/** The programs that must run, by the variable that names them. */
export interface Tools {
  FFMPEG_PATH: string
  FFPROBE_PATH: string
}

/** Checks that ffmpeg and ffprobe run, and that ffmpeg can write MP3.
 *  @returns their versions
 *  @throws {ConfigError} that says what to install */
export async function checkTools(tools: Tools): Promise<{ ffmpeg: string; ffprobe: string }> {
  const faults: string[] = []
  const ffmpeg = await readVersion('FFMPEG_PATH', tools.FFMPEG_PATH, faults)
  const ffprobe = await readVersion('FFPROBE_PATH', tools.FFPROBE_PATH, faults)
  if (ffmpeg !== undefined && !(await hasEncoder(tools.FFMPEG_PATH, 'libmp3lame')))
    faults.push(`FFMPEG_PATH: ${tools.FFMPEG_PATH} cannot write MP3; install a build with libmp3lame`)
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

async function hasEncoder(path: string, name: string): Promise<boolean> {
  const { stdout } = await runProgram(path, ['-hide_banner', '-encoders'])
  return stdout.split('\n').some(line => line.trim().split(/\s+/)[1] === name)
}
