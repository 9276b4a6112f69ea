import { setTimeout as delay } from 'node:timers/promises'
import type { BlobInfo } from '@jackalope/blob-store'
import { canceledByOwner, jobIdOfVideo, retriesOf } from '@jackalope/contracts'
import { unavailable } from '@jackalope/service-kit'
import { WorkerKitError } from '@jackalope/worker-kit'
import type { Logger } from 'pino'
import type { ConversionQueue } from './conversion-queue.ts'
import { type ConversionState, readConversion } from './conversion-state.ts'
import type { UserLines } from './line/user-lines.ts'
import { videoOptions } from './video-options.ts'

/** How long a job is offered to Redis, in milliseconds. */
const recordingMs = 6_000
const retryDelayMs = 300

/** Lines of a job's log that are read: ten attempts have twenty. */
const maxLogLines = 200

export interface Conversions {
  /** Adds a conversion. Resolves when Redis has recorded the job; its message may be published later.
   *  @throws {HttpProblem} 503 after some seconds: the job is not recorded, or that is unknown */
  add(video: BlobInfo): Promise<void>
  /** Redis' record of a video's conversion; `undefined` if there is none.
   *  @throws {HttpProblem} 503 */
  find(videoId: string): Promise<ConversionState | undefined>
  /** Redis' records of many conversions, read at once, in the order of the ids.
   *  @throws {HttpProblem} 503 */
  findAll(videoIds: readonly string[]): Promise<(ConversionState | undefined)[]>
  /** Place among all waiting jobs, 1 for the next; `undefined` if it does not wait, or is far from both ends.
   *  @throws {HttpProblem} 503 */
  placeInLine(videoId: string): Promise<number | undefined>
  /** Ids of a user's jobs that have not ended, oldest first, as far as Redis knows: it may not have heard of an end yet.
   *  @throws {HttpProblem} 503 */
  openJobs(ownerId: string): Promise<string[]>
  /** Lines of the job's log.
   *  @throws {HttpProblem} 503 */
  logOf(videoId: string): Promise<string[]>
  /** Cancels a conversion: `requested` if it runs and is told to stop.
   *  @throws {HttpProblem} 503 */
  cancel(videoId: string, reason?: string): Promise<'canceled' | 'requested' | 'finished' | 'unknown'>
  /** Puts a failed conversion into line again, with all its attempts; adds it anew if Redis has no record of it.
   *  @param retries - how often its owner had it tried again, this one included
   *  @returns `false` if the job has not failed
   *  @throws {HttpProblem} 503 */
  retry(video: BlobInfo, retries: number): Promise<boolean>
  /** Removes Redis' record of a conversion that does not run.
   *  @returns `false` if it runs
   *  @throws {HttpProblem} 503 */
  remove(videoId: string): Promise<boolean>
  /** Since when no converter has taken jobs; `undefined` while one does. */
  idleSince(): Date | undefined
  /** Resolves when a job can be recorded.
   *  @throws {HttpProblem} 503 */
  check(): Promise<void>
}

/** @param getQueue - gives `undefined` while there is no connection
 *  @param lines - turns by user. @default jobs start in the order in which they come */
export function createConversions(
  getQueue: () => ConversionQueue | undefined,
  {
    logger,
    lines,
    idleSince = () => undefined,
  }: { logger: Pick<Logger, 'warn'>; lines?: UserLines; idleSince?: () => Date | undefined },
): Conversions {
  function connectedQueue(): ConversionQueue {
    const queue = getQueue()
    if (!queue) throw unavailable('The queue of conversions')
    return queue
  }

  /** Runs a call of the queue; an error of its servers becomes a 503. */
  async function onQueue<T>(call: (queue: ConversionQueue) => Promise<T>): Promise<T> {
    const queue = connectedQueue()
    try {
      return await call(queue)
    } catch (error) {
      throw unavailable('The queue of conversions', { cause: error })
    }
  }

  async function findAll(videoIds: readonly string[]) {
    const jobs = await onQueue(queue => queue.readJobs(videoIds.map(jobIdOfVideo)))
    return jobs.map(job => {
      if (job?.state === 'unreadable') logger.warn({ jobId: job.id }, "Redis' record of a job is damaged")
      return job && readConversion(job)
    })
  }

  async function add(video: BlobInfo, retries = retriesOf(video.metadata)): Promise<void> {
    const { id: videoId, fileName } = video
    const ownerId = String(video.metadata.ownerId)
    const data = { videoId, ownerId, fileName, options: videoOptions(video), retries }
    await untilRecorded(async () => {
      const queue = connectedQueue()
      await queue.add(data, { jobId: jobIdOfVideo(videoId), priority: await enterLine(data, queue) })
    })
  }

  /** A job that is not noted in its owner's line runs all the same. */
  async function enterLine(
    { ownerId, videoId }: { ownerId: string; videoId: string },
    queue: ConversionQueue,
  ): Promise<number | undefined> {
    return await lines?.enter(ownerId, jobIdOfVideo(videoId), queue).catch(error => {
      logger.warn({ err: error, videoId }, "could not note a job in its owner's line")
      return undefined
    })
  }

  return {
    add: video => add(video),
    findAll,
    async find(videoId) {
      return (await findAll([videoId]))[0]
    },
    placeInLine: videoId => onQueue(queue => queue.placeInLine(jobIdOfVideo(videoId))),
    openJobs: async ownerId => (await lines?.openJobs(ownerId, connectedQueue())) ?? [],
    logOf: videoId =>
      onQueue(async ({ bull }) => (await bull.getJobLogs(jobIdOfVideo(videoId), 0, maxLogLines)).logs),
    cancel: (videoId, reason = canceledByOwner) =>
      onQueue(queue => queue.cancel(jobIdOfVideo(videoId), reason)),
    async retry(video, retries) {
      const job = await onQueue(queue => queue.getJob(jobIdOfVideo(video.id)))
      if (!job) {
        await add(video, retries)
        return true
      }
      return await onQueue(async queue => {
        const mine = { videoId: video.id, ownerId: String(video.metadata.ownerId) }
        const priority = await enterLine(mine, queue)
        try {
          // BullMQ puts it into line by the priority that it had last; it has to stand back like a new one.
          if (await job.isFailed()) await job.changePriority({ priority: priority ?? 0 })
          // What ends anew is told anew.
          await job.updateData({ ...job.data, retries, explanation: undefined })
          await job.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true })
          // Whoever looked at the line before the retry has dropped a job that had ended.
          await enterLine(mine, queue)
          return true
        } catch (error) {
          // It is not failed, or no longer: another request was faster.
          const [now] = await queue.readJobs([String(job.id)])
          if (now?.state !== 'failed') return false
          throw error
        }
      })
    },
    remove: videoId => onQueue(queue => queue.remove(jobIdOfVideo(videoId))),
    idleSince,
    async check() {
      await findAll(['0'])
    },
  }
}

/** What adding the same job again does not change. */
const lastingCodes = ['ERR_INVALID_PAYLOAD', 'ERR_JOB_TOO_LARGE'] as const

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
      // Any other error comes of the state that Redis is in, such as an older copy: our jobs are all of one kind.
      if (lastingCodes.some(lasting => lasting === code)) throw error
      if (performance.now() > deadline) throw unavailable('The queue of conversions', { cause: error })
    }
    await delay(retryDelayMs)
  }
}
