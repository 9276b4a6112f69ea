import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { promisify } from 'node:util'

const run = promisify(execFile)

export async function temporaryFolder(t: TestContext): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'jackalope-media-'))
  t.after(() => rm(dir, { recursive: true, force: true }))
  return dir
}

/** A video with a tune; the container follows from the file's name.
 *  @param options - further options of ffmpeg for the output. */
export async function makeVideo(file: string, seconds: number, ...options: string[]): Promise<string> {
  await ffmpeg(
    ...['-f', 'lavfi', '-i', `testsrc2=size=160x120:rate=10:duration=${seconds}`],
    ...['-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}`],
    ...['-shortest', ...options, `file:${file}`],
  )
  return file
}

/** A video whose conversion takes long: little to make, much to encode. */
export async function makeLongVideo(file: string, minutes: number): Promise<string> {
  const seconds = minutes * 60
  await ffmpeg(
    ...['-f', 'lavfi', '-i', `color=size=16x16:rate=1:duration=${seconds}`],
    ...['-f', 'lavfi', '-i', `anoisesrc=amplitude=0.2:sample_rate=16000:duration=${seconds}`],
    ...['-c:v', 'mpeg4', '-c:a', 'pcm_s16le', '-shortest', `file:${file}`],
  )
  return file
}

/** What ffprobe says of an audio file. */
export async function probeAudio(file: string): Promise<{ codec: string; seconds: number; streams: number }> {
  const { stdout } = await run('ffprobe', [
    ...['-v', 'error', '-of', 'json', '-show_entries', 'format=duration:stream=codec_name', `file:${file}`],
  ])
  const { format, streams } = JSON.parse(stdout)
  return { codec: streams[0].codec_name, seconds: Number(format.duration), streams: streams.length }
}

async function ffmpeg(...args: string[]): Promise<void> {
  await run('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args])
}
