import type { ConversionResult } from '@jackalope/contracts'

export interface ReadyAudio {
  videoId: string
  /** Job of the conversion. */
  jobId: string
  ownerId: string
  result: ConversionResult
}

/** What is needed of the queue of `audio.ready`. */
export interface AudioReadyQueue {
  add(
    data: ConversionResult & { ownerId: string; jobId: string },
    options: { jobId: string },
  ): Promise<unknown>
}

/** Adds the `audio.ready` job. Its id is the video's, so that a second run of the same conversion adds nothing. */
export async function announceAudio(queue: AudioReadyQueue, audio: ReadyAudio): Promise<void> {
  const { videoId, jobId, ownerId, result } = audio
  try {
    await queue.add({ ...result, ownerId, jobId }, { jobId: `audio-${videoId}` })
  } catch (error) {
    // Recorded; a worker publishes it again: running the conversion again would not help.
    if ((error as { code?: unknown }).code !== 'ERR_PUBLISH_UNCONFIRMED') throw error
  }
}
