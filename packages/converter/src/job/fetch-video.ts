import { createWriteStream } from 'node:fs'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { BlobInfo, BlobStore } from '@jackalope/blob-store'
import { ConverterError } from '../converter-error.ts'

export interface FetchOptions {
  signal: AbortSignal
  /** Called with the copied share, 0 to 1. */
  onProgress?: (share: number) => void
}

/** Copies a stored video to a new file; ffmpeg cannot read a pipe, because it must seek.
 *  @throws {ConverterError} `ERR_COPY_INCOMPLETE`
 *  @throws an error of the store or the disk */
export async function fetchVideo(
  videos: BlobStore,
  video: BlobInfo,
  path: string,
  { signal, onProgress }: FetchOptions,
): Promise<void> {
  let copiedBytes = 0
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      copiedBytes += chunk.length
      onProgress?.(copiedBytes / video.sizeBytes)
      done(null, chunk)
    },
  })
  const source = await videos.open(video.id)
  await pipeline(source, count, createWriteStream(path, { flags: 'wx', mode: 0o600 }), { signal })
  if (copiedBytes === video.sizeBytes) return
  throw new ConverterError(
    'ERR_COPY_INCOMPLETE',
    `The store gave ${copiedBytes} of the video's ${video.sizeBytes} bytes`,
  )
}
