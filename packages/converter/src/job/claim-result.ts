import { type BlobInfo, type BlobStore, BlobStoreError } from '@jackalope/blob-store'
import { type ConversionResult, conversionResult } from '@jackalope/contracts'
import { ConverterError } from '../converter-error.ts'

// A job may run more than once, even at the same time: its process may be killed, or frozen and thawed. The first run
// to put its result into the video's metadata wins; all others take the winner's and remove their own audio.

const resultField = 'result'

/** The result of an earlier run, if one got that far.
 *  @throws {ConverterError} `ERR_AUDIO_DELETED` if its audio is no longer there: a claim stands for good. */
export async function findClaimedResult(
  video: BlobInfo,
  audios: BlobStore,
): Promise<ConversionResult | undefined> {
  const claimed = conversionResult.safeParse(video.metadata[resultField])
  if (!claimed.success) return undefined
  if (await audios.stat(claimed.data.audioId)) return claimed.data
  throw new ConverterError(
    'ERR_AUDIO_DELETED',
    'The audio of this video has been deleted. Upload the video again.',
  )
}

/** Makes a result the video's, unless another run was faster; leaves one audio file of the job.
 *  @returns the result that stands.
 *  @throws {ConverterError} `ERR_VIDEO_DELETED` */
export async function claimResult(
  mine: ConversionResult,
  { videoId, ...owned }: { videoId: string; ownerId: string; jobId: string },
  { videos, audios }: { videos: BlobStore; audios: BlobStore },
): Promise<ConversionResult> {
  let result: ConversionResult
  try {
    result = conversionResult.parse(await videos.claimMetadata(videoId, resultField, mine))
  } catch (error) {
    if (!(error instanceof BlobStoreError) || error.code !== 'ERR_BLOB_NOT_FOUND') throw error
    await audios.delete(mine.audioId)
    throw videoDeleted()
  }
  if (result.audioId !== mine.audioId) await audios.delete(mine.audioId)
  else await removeOthers(result.audioId, owned, audios)
  return result
}

/** Removes what runs left that were killed after storing and before claiming. */
async function removeOthers(
  audioId: string,
  owned: { ownerId: string; jobId: string },
  audios: BlobStore,
): Promise<void> {
  for await (const audio of audios.list({ metadata: owned }))
    if (audio.id !== audioId) await audios.delete(audio.id)
}

export function videoDeleted(): ConverterError {
  return new ConverterError('ERR_VIDEO_DELETED', 'The video was deleted.')
}
