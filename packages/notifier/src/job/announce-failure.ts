import {
  type conversionFailedInput,
  convertVideoInput,
  explainFinalFailure,
  isCanceled,
  jobIdOfFailure,
  type ToldFailure,
  videoDeletedReason,
} from '@jackalope/contracts'
import type { DeadJobNotice } from '@jackalope/worker-kit'
import type { Logger } from 'pino'
import type { z } from 'zod'

/** The part of the queue `conversion.failed` that is used here. */
export interface ConversionFailedQueue {
  add(data: z.input<typeof conversionFailedInput>, options: { jobId: string }): Promise<unknown>
}

/** Adds a job `conversion.failed` for a dead letter of `video.convert`. A dead letter that is delivered twice makes
 *  one job: the job's id is made of the conversion's id and stamp. */
export async function announceFailure(
  letter: DeadJobNotice,
  queue: ConversionFailedQueue,
  logger: Logger,
): Promise<void> {
  const { id: jobId, stamp, failure } = letter
  const conversion = convertVideoInput.safeParse(letter.data)
  if (!conversion.success) {
    // The gateway never added such a job. Operators find it among the dead letters.
    logger.error({ jobId }, 'a dead letter names no owner: nobody can be notified')
    return
  }
  // Its owner has deleted it, or never saw it: an upload that failed at its end.
  if (failure.reason === videoDeletedReason) return
  const { ownerId, fileName, retries } = conversion.data
  const isWanted = isCanceled(failure.reason)
  const outcome = isWanted ? 'canceled' : 'failed'
  const failed = { failedReason: failure.reason, stacktrace: failure.stacktraces.at(-1) }
  const { text: reason, explanation }: ToldFailure = isWanted
    ? { text: failure.reason }
    : explainFinalFailure({ ...failed, explanation: conversion.data.explanation })
  const data = { ownerId, jobId, stamp, fileName, reason, explanation, outcome, retries } as const
  try {
    await queue.add(data, { jobId: jobIdOfFailure(jobId, stamp) })
  } catch (error) {
    // The job is recorded in Redis; a worker publishes its message later.
    if ((error as { code?: unknown }).code !== 'ERR_PUBLISH_UNCONFIRMED') throw error
  }
}
