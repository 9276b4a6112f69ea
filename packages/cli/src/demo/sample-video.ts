import { execFile } from 'node:child_process'
import { mkdir, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { requireProgram } from '@jackalope/local-servers'
import { CliError } from '../cli-error.ts'
import type { CommandContext } from '../command.ts'

const lengthSeconds = 30
/** A C major arpeggio of sine waves, half a second for each note. */
const noteHertz =
  '261.63*exp(log(2)/12*(4*eq(mod(floor(t*2),4),1)+7*eq(mod(floor(t*2),4),2)+12*eq(mod(floor(t*2),4),3)))'

/** Gives the path of a short video, which the first call makes.
 *  @throws {CliError} when ffmpeg fails */
export async function makeSampleVideo({ project, terminal, env, signal }: CommandContext): Promise<string> {
  const video = join(project.samples, 'jackalope.mp4')
  if (await stat(video).catch(() => undefined)) return video
  const began = performance.now()
  await mkdir(project.samples, { recursive: true })
  const unfinished = join(project.samples, `unfinished-${process.pid}.mp4`)
  const picture = `testsrc2=size=640x360:rate=25:duration=${lengthSeconds}`
  const tune = `aevalsrc='0.4*sin(2*PI*t*${noteHertz})':sample_rate=44100:duration=${lengthSeconds}`
  const ffmpeg = env.FFMPEG_PATH || requireProgram('ffmpeg', 'ffmpeg')
  const inputs = ['-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', tune]
  const codecs = [
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-pix_fmt',
    'yuv420p',
    '-c:a',
    'aac',
    '-b:a',
    '128k',
  ]
  try {
    const args = ['-nostdin', '-v', 'error', '-y', ...inputs, ...codecs, `file:${unfinished}`]
    await promisify(execFile)(ffmpeg, args, { signal })
  } catch (cause) {
    signal.throwIfAborted()
    throw new CliError(`ffmpeg could not make the sample video: ${(cause as Error).message}`, { cause })
  }
  await rename(unfinished, video)
  terminal.done(`Made a video of ${lengthSeconds} s: ${video}`, performance.now() - began)
  return video
}
