import { type BlobInfo, type BlobStore, BlobStoreError } from '@jackalope/blob-store'
import {
  type ClaimedResult,
  type ConversionResult,
  conversionResult,
  explained,
  type LastAttempt,
  readResult,
  resultField,
} from '@jackalope/contracts'
import { ConverterError } from '../converter-error.ts'

// A job may run more than once, even concurrently: its process may be killed, or frozen and resumed. The first run that
// writes its result into the video's metadata wins. The others use that result and remove their own audio.

/** The result of an earlier run, if there is one.
 *  @throws {ConverterError} `ERR_AUDIO_DELETED` if its audio was deleted: a claimed result never changes */
export async function findClaimedResult(
  video: BlobInfo,
  audios: BlobStore,
): Promise<ConversionResult | undefined> {
  const claimed = readResult(video.metadata)
  if (!claimed) return undefined
  const { last: _, ...result } = claimed
  if (await audios.stat(result.audioId)) return result
  throw new ConverterError('ERR_AUDIO_DELETED', explained('audio-deleted', {}))
}

/** Claims a result for the video unless another run was faster, and removes the job's other audio files.
 *  @param job.last - the attempt that made it, which the gateway shows
 *  @returns the result that the video has then
 *  @throws {ConverterError} `ERR_VIDEO_DELETED` */
export async function claimResult(
  mine: ConversionResult,
  { videoId, last, ...owned }: { videoId: string; ownerId: string; jobId: string; last?: LastAttempt },
  { videos, audios }: { videos: BlobStore; audios: BlobStore },
): Promise<ConversionResult> {
  let result: ConversionResult
  const claim: ClaimedResult = last ? { ...mine, last } : mine
  try {
    result = conversionResult.parse(await videos.claimMetadata<unknown>(videoId, resultField, claim))
  } catch (error) {
    if (!(error instanceof BlobStoreError) || error.code !== 'ERR_BLOB_NOT_FOUND') throw error
    await audios.delete(mine.audioId)
    throw videoDeleted()
  }
  if (result.audioId !== mine.audioId) await audios.delete(mine.audioId)
  else await removeAudios(owned, audios, result.audioId)
  return result
}

/** Removes audio of runs that were killed between storing and claiming.
 *  @param keptId - the audio that stays. @default none: the video was deleted */
export async function removeAudios(
  { ownerId, jobId }: { ownerId: string; jobId: string },
  audios: BlobStore,
  keptId?: string,
): Promise<void> {
  for await (const audio of audios.list({ metadata: { ownerId, jobId } }))
    if (audio.id !== keptId) await audios.delete(audio.id)
}

export function videoDeleted(): ConverterError {
  return new ConverterError('ERR_VIDEO_DELETED', explained('video-deleted', {}))
}
