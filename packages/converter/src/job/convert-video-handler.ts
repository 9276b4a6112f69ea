import { join } from 'node:path'
import type { BlobInfo, BlobStore } from '@jackalope/blob-store'
import type {
  ConversionOptions,
  ConversionProgress,
  ConversionResult,
  Explanation,
} from '@jackalope/contracts'
import type { Logger } from 'pino'
import { type ExtractedAudio, type ExtractOptions, extractAudio } from '../audio/extract-audio.ts'
import type { Jail } from '../tools/jail/jail.ts'
import type { WorkFolder } from '../work-folder/work-folder.ts'
import { type AudioReadyQueue, announceAudio } from './announce-audio.ts'
import { audioFileName } from './audio-file-name.ts'
import { claimResult, findClaimedResult, removeAudios, videoDeleted } from './claim-result.ts'
import { fetchVideo } from './fetch-video.ts'
import { logAttempt } from './log-attempt.ts'
import { createProgressReporter, type ProgressReporter } from './progress-reporter.ts'
import { createStopwatch } from './stopwatch.ts'

/** One attempt of a job `video.convert`, as worker-kit passes it to the handler. */
export interface ConversionJob {
  id: string
  data: {
    videoId: string
    ownerId: string
    options: ConversionOptions
    explanation?: Explanation | undefined
  }
  /** Number of the attempt; the first is 1. */
  attempt: number
  progress(progress: ConversionProgress): Promise<void>
  /** Adds a line to the job's log. */
  log(line: string): Promise<void>
  /** Aborted when the attempt must end; its result does not count then. */
  signal: AbortSignal
}

export interface HandlerDeps {
  videos: BlobStore
  audios: BlobStore
  workFolder: WorkFolder
  audioReadyQueue: AudioReadyQueue
  /** @default the tools see the file system of this process */
  jail?: Jail
  tools: Pick<ExtractOptions, 'ffmpegPath' | 'ffprobePath' | 'maxAudioSeconds' | 'maxAudioBytes'>
  logger: Logger
}

/** Creates the handler of `video.convert`: fetch the video, extract its audio, store the audio, claim the result,
 *  announce it. It may run any number of times, also concurrently: there is one result and one audio file at the end.
 *  The handler throws `ConverterError`, the signal's reason, or an error of store, queue or disk. */
export function createConvertVideoHandler(
  deps: HandlerDeps,
): (job: ConversionJob) => Promise<ConversionResult> {
  return async job => {
    const { videoId, ownerId } = job.data
    const logger = deps.logger.child({ videoId })
    const progress = createProgressReporter(job.progress)
    const attempt = logAttempt(job)
    try {
      const video = await deps.videos.stat(videoId)
      // A job that names another user's video must not give access to its audio.
      if (!video || video.metadata.ownerId !== ownerId) {
        await removeAudios({ ownerId, jobId: job.id }, deps.audios)
        throw videoDeleted()
      }
      const claimed = await findClaimedResult(video, deps.audios)
      if (claimed) logger.info('an earlier run has finished the conversion')
      // The time of the file was over before its owner tried it again.
      if (!claimed && video.contentRemovedAt) throw videoDeleted()
      const result = claimed ?? (await convert(video, job, progress, deps, logger))
      await announceAudio(deps.audioReadyQueue, { videoId, jobId: job.id, ownerId, result })
      await progress.finish()
      await attempt.succeeded()
      return result
    } catch (error) {
      const reason = job.signal.aborted ? job.signal.reason : error
      logger.warn({ err: reason }, 'conversion failed')
      await attempt.failed(reason)
      throw reason
    }
  }
}

async function convert(
  video: BlobInfo,
  job: ConversionJob,
  progress: ProgressReporter,
  { videos, audios, workFolder, jail, tools }: HandlerDeps,
  logger: Logger,
): Promise<ConversionResult> {
  const { signal } = job
  const stopwatch = createStopwatch()
  const startedAt = new Date().toISOString()
  return workFolder.withJobFolder(async folder => {
    const videoPath = join(folder, 'video')
    const audioPath = join(folder, 'audio')

    progress.enter('fetching')
    await fetchVideo(videos, video, videoPath, { signal })
    stopwatch.lap('fetch')

    progress.enter('converting')
    const audio = await extractAudio(videoPath, audioPath, {
      ...tools,
      cell: await jail?.admit(folder),
      conversion: job.data.options,
      signal,
      onProgress: share => progress.update(share * 100),
    })
    stopwatch.lap('convert')

    progress.enter('storing')
    const mine = await store(audioPath, audio, video, job, audios)
    const { videoId, ownerId } = job.data
    const last = { attemptsMade: job.attempt, startedAt, finishedAt: new Date().toISOString() }
    const result = await claimResult(mine, { videoId, ownerId, jobId: job.id, last }, { videos, audios })
    stopwatch.lap('store')
    const { durationSeconds, sizeBytes, audioId } = result
    const isMine = audioId === mine.audioId
    logger.info(
      { ...stopwatch.lapsMs, videoBytes: video.sizeBytes, audioId, sizeBytes, durationSeconds, isMine },
      'converted',
    )
    return result
  })
}

async function store(
  path: string,
  { extension, contentType, ...extracted }: ExtractedAudio,
  video: BlobInfo,
  { id, data, signal }: ConversionJob,
  audios: BlobStore,
): Promise<ConversionResult> {
  const fileName = audioFileName(video.fileName, extension)
  const audio = await audios.putFile(
    path,
    { fileName, contentType, metadata: { ownerId: data.ownerId, jobId: id } },
    { signal },
  )
  const { id: audioId, sizeBytes, sha256 } = audio
  const { format } = data.options
  const result: ConversionResult = { ...extracted, audioId, fileName, sizeBytes, sha256, format }
  // As JSON has it: MongoDB would keep what is undefined as null.
  return JSON.parse(JSON.stringify(result))
}
