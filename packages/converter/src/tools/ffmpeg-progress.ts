import type { Readable } from 'node:stream'

/** What ffmpeg reports about its output so far. */
export interface FfmpegProgress {
  /** Timestamp of the end of the output, in seconds. It includes gaps and a late start. */
  endSeconds: number
  /** Bytes written so far. */
  sizeBytes: number
}

/** Reads the output of `ffmpeg -progress`: blocks of `key=value` lines. `progress=end` does not mean success: a run
 *  that a signal ended prints it too.
 *  @param onProgress - called at the end of each block */
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
      // Before the first packet the values are N/A.
      if (key === 'out_time_us' && Number(value) >= 0) progress.endSeconds = Number(value) / 1e6
      if (key === 'total_size' && Number(value) >= 0) progress.sizeBytes = Number(value)
      if (key === 'progress') onProgress({ ...progress })
    }
  })
}
