import { setTimeout as delay } from 'node:timers/promises'
import { jobIdOfVideo } from '@jackalope/contracts'
import { unavailable } from '@jackalope/service-kit'
import { WorkerKitError } from '@jackalope/worker-kit'
import type { ConversionQueue } from './conversion-queue.ts'
import { type ConversionState, readConversion } from './conversion-state.ts'

/** How long recording a job is tried, in milliseconds. */
const recordingMs = 6_000
const retryDelayMs = 300

export interface Conversions {
  /** Resolves when the video will be converted; the broker may not have confirmed it yet.
   *  @throws {HttpProblem} 503: it is not recorded, or nobody knows, although that was tried for some seconds. */
  add(video: { videoId: string; ownerId: string; fileName: string }): Promise<void>
  /** What Redis knows of a video's conversion; `undefined` if nothing.
   *  @throws {HttpProblem} 503 */
  find(videoId: string): Promise<ConversionState | undefined>
  /** Resolves when a job can be recorded.
   *  @throws {HttpProblem} 503 */
  check(): Promise<void>
}

/** @param getQueue - `undefined` as long as there is no connection. */
export function createConversions(getQueue: () => ConversionQueue | undefined): Conversions {
  function queue(): ConversionQueue {
    const connected = getQueue()
    if (!connected) throw unavailable('The queue of conversions')
    return connected
  }
  async function find(videoId: string) {
    const jobId = jobIdOfVideo(videoId)
    const { bull, getJob } = queue()
    try {
      // The state first: what was read after it is not older. A failed job then has its reason.
      const state = await bull.getJobState(jobId)
      const job = await getJob(jobId)
      return job && readConversion(job, state)
    } catch (error) {
      throw unavailable('The queue of conversions', { cause: error })
    }
  }
  return {
    find,
    async check() {
      await find('0')
    },
    async add(video) {
      const jobId = jobIdOfVideo(video.videoId)
      await untilRecorded(() => queue().add({ ...video, format: 'mp3' }, { jobId }))
    },
  }
}

/** Whoever has just sent two gigabytes shall not send them again because Redis was restarted: the same job id is
 *  tried again, which never makes two jobs. */
async function untilRecorded(add: () => Promise<unknown>): Promise<void> {
  const deadline = performance.now() + recordingMs
  for (;;) {
    try {
      await add()
      return
    } catch (error) {
      const code = error instanceof WorkerKitError ? error.code : undefined
      // Recorded is enough: a worker publishes it when the broker is back.
      if (code === 'ERR_PUBLISH_UNCONFIRMED') return
      if (code !== 'ERR_NOT_RECORDED') throw error
      if (performance.now() > deadline) throw unavailable('The queue of conversions', { cause: error })
    }
    await delay(retryDelayMs)
  }
}
