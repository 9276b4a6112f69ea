import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { readLoudness } from '../../src/audio/encode-loudness.ts'
import type { Loudness } from '../../src/audio/loudness.ts'

const run = promisify(execFile)

/** What ffprobe says of a file. */
export async function describeFile(path: string) {
  const args = ['-v', 'error', '-show_streams', '-show_format', '-of', 'json', path]
  const { format, streams } = JSON.parse((await run('ffprobe', args)).stdout)
  const audio = streams.find((stream: { codec_type: string }) => stream.codec_type === 'audio')
  const tags: Record<string, string | undefined> = { ...audio.tags, ...format.tags }
  return {
    codec: String(audio.codec_name),
    sampleRate: Number(audio.sample_rate),
    channels: Number(audio.channels),
    bits: Number(audio.bits_per_raw_sample ?? audio.bits_per_sample),
    tags: Object.fromEntries(Object.entries(tags).map(([name, value]) => [name.toLowerCase(), value])),
    hasCover: streams.some(
      (stream: { disposition: Record<string, number> }) => stream.disposition.attached_pic === 1,
    ),
  }
}

/** The titles of a file's chapters. */
export async function chaptersOf(path: string): Promise<(string | undefined)[]> {
  const { stdout } = await run('ffprobe', ['-v', 'error', '-show_chapters', '-of', 'json', path])
  return JSON.parse(stdout).chapters.map(({ tags }: { tags?: { title?: string } }) => tags?.title)
}

/** How much sound comes out of a file when it is played, in seconds. */
export async function decodedSeconds(path: string): Promise<number> {
  const args = ['-v', 'error', '-i', path, '-map', '0:a:0', '-ac', '1', '-ar', '48000', '-f', 's16le', '-']
  const { stdout } = await run('ffmpeg', args, { encoding: 'buffer', maxBuffer: 1e9 })
  return stdout.length / 2 / 48_000
}

/** A hash of what a file's audio decodes to: the same for the same packets. */
export async function soundHash(path: string): Promise<string> {
  const args = ['-v', 'error', '-i', path, '-map', '0:a:0', '-f', 'md5', '-']
  return (await run('ffmpeg', args)).stdout
}

export async function loudnessOf(path: string): Promise<Loudness> {
  const args = [
    '-hide_banner',
    '-nostats',
    '-i',
    path,
    '-af',
    'ebur128=peak=true:framelog=verbose',
    '-f',
    'null',
    '-',
  ]
  const loudness = readLoudness((await run('ffmpeg', args)).stderr)
  if (!loudness) throw new Error('ffmpeg did not tell the loudness')
  return loudness
}
