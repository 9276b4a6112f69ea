import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { childrenCpuMicros } from '../cpu-time.ts'
import type { Cost } from './cost.ts'
import type { Video } from './make-videos.ts'

const run = promisify(execFile)

/** What the converter tells ffmpeg for an MP3 as it always was; the outputs are compared. */
const flags = [
  ...['-map', '0:a:0', '-vn', '-sn', '-dn', '-map_metadata', '-1'],
  ...['-ar', '44100', '-ac', '2', '-c:a', 'libmp3lame', '-b:a', '192k', '-f', 'mp3'],
]

/** Runs ffmpeg alone on the local file; gives what it cost, and a hash of the audio. */
export async function runBareFfmpeg(
  { path }: Video,
  folder: string,
  signal: AbortSignal,
): Promise<Cost & { sha256: string }> {
  const output = join(folder, 'bare.mp3')
  const [startedAt, cpuBefore] = [performance.now(), childrenCpuMicros(process.pid) ?? 0]
  await run('ffmpeg', ['-nostdin', '-v', 'warning', '-y', '-i', path, ...flags, output], { signal })
  const cost = {
    seconds: (performance.now() - startedAt) / 1_000,
    cpuSeconds: ((childrenCpuMicros(process.pid) ?? 0) - cpuBefore) / 1e6,
  }
  const hash = createHash('sha256')
  await pipeline(createReadStream(output), hash)
  await rm(output)
  return { ...cost, sha256: hash.digest('hex') }
}
