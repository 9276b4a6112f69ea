import { setTimeout as delay } from 'node:timers/promises'
import { jobIdOfVideo } from '@jackalope/contracts'
import { unavailable } from '@jackalope/service-kit'
import { WorkerKitError } from '@jackalope/worker-kit'
import type { ConversionQueue } from './conversion-queue.ts'
import { type ConversionState, readConversion } from './conversion-state.ts'

/** How long a job is offered to Redis, in milliseconds. */
const recordingMs = 6_000
const retryDelayMs = 300

export interface Conversions {
  /** Adds a conversion. Resolves when Redis has recorded the job; its message may be published later.
   *  @throws {HttpProblem} 503 after some seconds: the job is not recorded, or that is unknown */
  add(video: { videoId: string; ownerId: string; fileName: string }): Promise<void>
  /** Redis' record of a video's conversion; `undefined` if there is none.
   *  @throws {HttpProblem} 503 */
  find(videoId: string): Promise<ConversionState | undefined>
  /** Resolves when a job can be recorded.
   *  @throws {HttpProblem} 503 */
  check(): Promise<void>
}

/** @param getQueue - gives `undefined` while there is no connection */
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
      // Read the state first: the job is then not older, so a failed job has its reason.
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

/** Retries while Redis is away for a moment, so that nobody must repeat an upload of two gigabytes. The job id is the
 *  same each time, so there is never a second job. */
async function untilRecorded(add: () => Promise<unknown>): Promise<void> {
  const deadline = performance.now() + recordingMs
  for (;;) {
    try {
      await add()
      return
    } catch (error) {
      const code = error instanceof WorkerKitError ? error.code : undefined
      // Redis has the job: a worker publishes its message when the broker is back.
      if (code === 'ERR_PUBLISH_UNCONFIRMED') return
      if (code !== 'ERR_NOT_RECORDED') throw error
      if (performance.now() > deadline) throw unavailable('The queue of conversions', { cause: error })
    }
    await delay(retryDelayMs)
  }
}
