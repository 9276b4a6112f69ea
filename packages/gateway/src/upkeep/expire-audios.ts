import { type BlobInfo, type BlobStore, BlobStoreError } from '@jackalope/blob-store'
import { type Explained, explained, readResult, videoIdOfJob } from '@jackalope/contracts'
import { expiredAudioField, expiredField } from '../jobs/expiry.ts'
import { byId, pagesOf } from './pages-of.ts'
import type { UpkeepDeps, UpkeepRun } from './upkeep-deps.ts'

/** Removes the audio files whose time is over. Their jobs are listed as expired before: a run that breaks off between the
 *  two is repeated. */
export async function expireAudios(
  { videos, audios, retention: { audioMs } }: UpkeepDeps,
  { now, report, signal }: UpkeepRun,
): Promise<void> {
  if (audioMs === undefined) return
  const told = explained('audio-expired', { keptSeconds: Math.round(audioMs / 1_000) })
  for await (const page of pagesOf(audios, { storedBefore: new Date(now - audioMs) }, signal)) {
    const jobs = await byId(videos, page.map(videoIdOfAudio))
    for (const audio of page) {
      signal.throwIfAborted()
      const video = jobs.get(videoIdOfAudio(audio))
      // What no job refers to is left to the sweep of orphans.
      if (!video || readResult(video.metadata)?.audioId !== audio.id) continue
      await expireJob(video, { videos, audioId: audio.id, at: new Date(now), told })
      if (!(await audios.delete(audio.id))) continue
      report.audios.count += 1
      report.audios.sizeBytes += audio.sizeBytes
    }
  }
}

/** Id of the video that an audio was made of; an empty text if its job is none of ours. */
export function videoIdOfAudio({ metadata }: Pick<BlobInfo, 'metadata'>): string {
  return videoIdOfJob(String(metadata.jobId)) ?? ''
}

/** Lists a completed job as expired. A job that was deleted meanwhile is passed over. */
export async function expireJob(
  { id }: Pick<BlobInfo, 'id'>,
  { videos, audioId, at, told }: { videos: BlobStore; audioId: string; at: Date; told: Explained },
): Promise<void> {
  try {
    const { text: reason, explanation } = told
    await videos.claimMetadata(id, expiredField, { at: at.toISOString(), reason, explanation })
    await videos.claimMetadata(id, expiredAudioField, audioId)
  } catch (error) {
    if (!(error instanceof BlobStoreError) || error.code !== 'ERR_BLOB_NOT_FOUND') throw error
  }
}
