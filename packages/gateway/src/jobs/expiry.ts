import type { BlobInfo } from '@jackalope/blob-store'
import { type AudioExpiry, audioExpiry, type JobView } from '@jackalope/contracts'

/** Metadata field of a video: when and why the audio of its job was removed. */
export const expiredField = 'expired'

/** Metadata field of a video: id of the audio that was removed, by which its owner may ask for it. */
export const expiredAudioField = 'expiredAudio'

/** When and why the audio of a completed job was removed; `undefined` while it is there. */
export function readExpiry({ metadata }: Pick<BlobInfo, 'metadata'>): AudioExpiry | undefined {
  const read = audioExpiry.safeParse(metadata[expiredField])
  return read.success ? read.data : undefined
}

/** Adds to a job which of its files were removed, and makes a completed one without its audio expired. */
export function showExpiry(video: BlobInfo, job: JobView): JobView {
  const expired = readExpiry(video)
  const sourceRemovedAt = video.contentRemovedAt?.toISOString()
  return {
    ...job,
    ...(sourceRemovedAt !== undefined && { sourceRemovedAt }),
    ...(expired && job.state === 'completed' && { state: 'expired', expired }),
  }
}
