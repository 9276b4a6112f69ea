import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { BlobInfo, BlobStore } from '@jackalope/blob-store'
import { ConverterError } from '../converter-error.ts'
import { ensureFreeSpace } from '../work-folder/free-space.ts'

export interface FetchOptions {
  signal: AbortSignal
}

/** Puts a stored video into a new file; ffmpeg cannot read a pipe, because it must seek. Where the store is a folder on the
 *  same disk nothing is copied.
 *  @throws {ConverterError} `ERR_COPY_INCOMPLETE`, `ERR_DISK_FULL`
 *  @throws an error of the store or the disk */
export async function fetchVideo(
  videos: BlobStore,
  video: BlobInfo,
  path: string,
  { signal }: FetchOptions,
): Promise<void> {
  await videos.saveAs(video.id, path, {
    signal,
    beforeCopy: () => ensureFreeSpace(dirname(path), video.sizeBytes),
  })
  const { size } = await stat(path)
  if (size === video.sizeBytes) return
  throw new ConverterError(
    'ERR_COPY_INCOMPLETE',
    `The store gave ${size} of the video's ${video.sizeBytes} bytes`,
  )
}
