import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { requireProgram } from '../programs/find-program.ts'

const run = promisify(execFile)

/** Runs ffmpeg to make a test file.
 *  @throws {Error} with ffmpeg's messages */
export async function ffmpeg(...args: string[]): Promise<void> {
  await run(requireProgram('ffmpeg', 'ffmpeg'), ['-nostdin', '-hide_banner', '-v', 'error', '-y', ...args])
}

/** Makes a video with a tone; the file's extension decides the container. Gives the file.
 *  @param options - further options of ffmpeg for the output */
export async function makeVideo(file: string, lengthSeconds: number, ...options: string[]): Promise<string> {
  await ffmpeg(
    ...['-f', 'lavfi', '-i', `testsrc2=size=160x120:rate=10:duration=${lengthSeconds}`],
    ...['-f', 'lavfi', '-i', `sine=frequency=440:duration=${lengthSeconds}`],
    ...['-shortest', ...options, `file:${file}`],
  )
  return file
}

/** Makes a video that is made quickly and takes long to convert. Gives the file. */
export async function makeLongVideo(file: string, minutes: number): Promise<string> {
  const lengthSeconds = minutes * 60
  await ffmpeg(
    ...['-f', 'lavfi', '-i', `color=size=16x16:rate=1:duration=${lengthSeconds}`],
    ...['-f', 'lavfi', '-i', `anoisesrc=amplitude=0.2:sample_rate=16000:duration=${lengthSeconds}`],
    ...['-c:v', 'mpeg4', '-c:a', 'pcm_s16le', '-shortest', `file:${file}`],
  )
  return file
}

/** Codec, length and number of streams of an audio file, by ffprobe. */
export async function probeAudio(file: string): Promise<{ codec: string; seconds: number; streams: number }> {
  const { stdout } = await run(requireProgram('ffprobe', 'ffmpeg'), [
    ...['-v', 'error', '-of', 'json', '-show_entries', 'format=duration:stream=codec_name', `file:${file}`],
  ])
  const { format, streams } = JSON.parse(stdout)
  return { codec: streams[0].codec_name, seconds: Number(format.duration), streams: streams.length }
}
