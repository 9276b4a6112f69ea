import type { ConversionResult } from '@jackalope/contracts'

export interface ReadyAudio {
  videoId: string
  /** Id of the conversion's job. */
  jobId: string
  ownerId: string
  result: ConversionResult
}

/** The part of the queue `audio.ready` that is used here. */
export interface AudioReadyQueue {
  add(
    data: ConversionResult & { ownerId: string; jobId: string },
    options: { jobId: string },
  ): Promise<unknown>
}

/** Adds the job `audio.ready`. Its id is made of the video's, so that a second run of the conversion adds no second
 *  job. */
export async function announceAudio(queue: AudioReadyQueue, audio: ReadyAudio): Promise<void> {
  const { videoId, jobId, ownerId, result } = audio
  try {
    await queue.add({ ...result, ownerId, jobId }, { jobId: `audio-${videoId}` })
  } catch (error) {
    // Redis has the job, and a worker publishes its message later: another conversion would not help.
    if ((error as { code?: unknown }).code !== 'ERR_PUBLISH_UNCONFIRMED') throw error
  }
}
