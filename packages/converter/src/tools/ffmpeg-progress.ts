import type { Readable } from 'node:stream'

/** What ffmpeg says of its output so far. */
export interface FfmpegProgress {
  /** Timestamp at which the output ends, in seconds: gaps, and a late start, are within. */
  endSeconds: number
  /** Bytes that it has written. */
  sizeBytes: number
}

/** Reads what `ffmpeg -progress` prints: blocks of `key=value` lines. Their `progress=end` is printed by a run that
 *  was ended by a signal, too, and means nothing.
 *  @param onProgress - called at the end of each block. */
export function readProgress(
  stream: Readable | null | undefined,
  onProgress: (progress: FfmpegProgress) => void,
): void {
  const progress: FfmpegProgress = { endSeconds: 0, sizeBytes: 0 }
  let rest = ''
  stream?.on('data', (chunk: Buffer | string) => {
    const lines = (rest + chunk.toString()).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const [key, value] = line.split('=')
      // Before the first packet they are N/A.
      if (key === 'out_time_us' && Number(value) >= 0) progress.endSeconds = Number(value) / 1e6
      if (key === 'total_size' && Number(value) >= 0) progress.sizeBytes = Number(value)
      if (key === 'progress') onProgress({ ...progress })
    }
  })
}
