import { isDeepStrictEqual } from 'node:util'
import { type BlobInfo, BlobStoreError } from '@jackalope/blob-store'
import { type ClaimedResult, jobIdOfVideo, readResult, resultField } from '@jackalope/contracts'
import type { Logger } from 'pino'
import type { AppDeps } from '../app-deps.ts'
import { expiredField } from '../jobs/expiry.ts'
import { videoOptions } from '../jobs/video-options.ts'

export type ReuseDeps = Pick<AppDeps, 'videos' | 'audios'> & { logger: Pick<Logger, 'info' | 'warn'> }

/** Most earlier jobs that are looked at. */
const maxCandidates = 20

/** Gives a new video the audio that its owner has of the same file, by the same options, instead of converting it again. The
 *  audio is a copy that shares its bytes, so that each of the jobs can be deleted, and expires, by itself. What fails here is
 *  converted as any other video.
 *  @returns the video, with its result if there is one */
export async function reuseAudio(video: BlobInfo, deps: ReuseDeps): Promise<BlobInfo> {
  const { logger } = deps
  try {
    const result = await findAudio(video, deps)
    if (!result) return video
    const { sameAs } = result
    logger.info({ videoId: video.id, sameAs }, 'the same file was converted before: its audio is taken')
    // Nobody needs the file a second time.
    await deps.videos.removeContent(video.id)
    return (await deps.videos.stat(video.id)) ?? video
  } catch (error) {
    logger.warn({ err: error, videoId: video.id }, 'could not take the audio of an earlier job')
    return video
  }
}

async function findAudio(video: BlobInfo, { videos, audios }: ReuseDeps): Promise<ClaimedResult | undefined> {
  const { id: videoId, sha256, metadata } = video
  if (sha256 === undefined) return undefined
  const jobId = jobIdOfVideo(videoId)
  const ownerId = String(metadata.ownerId)
  const options = videoOptions(video)
  const earlier = {
    metadata: { ownerId },
    sha256,
    has: [resultField],
    lacks: [expiredField],
    limit: maxCandidates,
  }
  for await (const candidate of videos.list(earlier)) {
    const result = readResult(candidate.metadata)
    const isSame = candidate.id !== videoId && candidate.sizeBytes === video.sizeBytes
    if (!result || !isSame || !isDeepStrictEqual(videoOptions(candidate), options)) continue
    const audio = await audios.stat(result.audioId)
    if (audio?.metadata.ownerId !== ownerId || !audio) continue
    const fileName = nameAlike(video.fileName, candidate.fileName, result.fileName)
    const { contentType } = audio
    const copy = await audios
      .copy(audio.id, { fileName, contentType, metadata: { ownerId, jobId } })
      .catch(passOverMissing)
    if (!copy) continue
    const last = { attemptsMade: 0, finishedAt: new Date().toISOString() }
    const mine: ClaimedResult = {
      ...result,
      audioId: copy.id,
      fileName,
      sameAs: jobIdOfVideo(candidate.id),
      last,
    }
    const claimed = await videos.claimMetadata(videoId, resultField, mine)
    if (claimed.audioId !== copy.id) await audios.delete(copy.id)
    return claimed
  }
  return undefined
}

/** Name of the audio for a video that may have another name than the earlier one: the extension is that of the audio. */
function nameAlike(fileName: string, earlierName: string, audioName: string): string {
  if (fileName === earlierName) return audioName
  const extension = /\.[a-z\d]{1,5}$/iu.exec(audioName)?.[0] ?? ''
  return `${fileName.replace(/(?<=.)\.[a-z\d]{1,5}$/iu, '')}${extension}`
}

/** A job may be deleted, or expire, at the same time. */
function passOverMissing(error: unknown): undefined {
  if (!(error instanceof BlobStoreError) || error.code !== 'ERR_BLOB_NOT_FOUND') throw error
  return undefined
}
