import type { BlobStore } from '@jackalope/blob-store'
import {
  type ConversionEnd,
  claimEnd,
  explainFinalFailure,
  isCanceled,
  type ToldFailure,
  videoIdOfJob,
} from '@jackalope/contracts'
import type { DeadJobNotice, DeadLetters } from '@jackalope/worker-kit'

/** Name of the gateways' subscription to the dead letters of `video.convert`. */
export const endsSubscription = 'ends'

export interface ClaimDeadLetterDeps {
  videos: BlobStore
  deadLetters: Pick<DeadLetters, 'stateOf'>
}

/** Claims the failure that a dead letter tells of on the video's metadata. Most ends are claimed before, by the attempt that
 *  met them or by the request that canceled the job. The others had no attempt that could: the job killed its converters, its
 *  payload did not fit, or its cancellation was read when it was to start.
 *  @throws an error when Redis or the store is away: the letter comes again */
export async function claimDeadLetter(
  { id, stamp, data, failure }: DeadJobNotice,
  { videos, deadLetters }: ClaimDeadLetterDeps,
): Promise<void> {
  const videoId = videoIdOfJob(id)
  if (videoId === undefined) return
  const { job, status } = await deadLetters.stateOf({ id, stamp })
  // A letter is written before Redis records the failure.
  if (job === 'unfinished' && Date.now() - failure.at.getTime() < recordingMs)
    throw new Error(`The end of job ${id} is not recorded yet, or it runs again`)
  if (status === 'replayed') return
  await claimEnd(videos, videoId, endOf(failure, data))
}

/** Longest time between a letter and the record of its failure, in milliseconds. If it takes longer, the worker was killed in
 *  between: the job runs again, and has another end. */
const recordingMs = 5_000

function endOf(
  { reason, stacktraces, attemptsMade, startedAt, at }: DeadJobNotice['failure'],
  data: unknown,
): ConversionEnd {
  const isByOwner = isCanceled(reason)
  const { explanation: candidate } = (data ?? {}) as { explanation?: unknown }
  const failure = { failedReason: reason, stacktrace: stacktraces.at(-1), explanation: candidate }
  const { text: error, explanation }: ToldFailure = isByOwner
    ? { text: reason }
    : explainFinalFailure(failure)
  return {
    state: isByOwner ? 'canceled' : 'failed',
    error,
    ...(explanation && { explanation }),
    attemptsMade,
    ...(startedAt && { startedAt: startedAt.toISOString() }),
    finishedAt: at.toISOString(),
  }
}
