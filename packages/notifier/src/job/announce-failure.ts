import {
  type conversionFailedInput,
  convertVideoInput,
  explainFinalFailure,
  jobIdOfFailure,
} from '@jackalope/contracts'
import type { DeadJobNotice } from '@jackalope/worker-kit'
import type { Logger } from 'pino'
import type { z } from 'zod'

/** What is needed of the queue of `conversion.failed`. */
export interface ConversionFailedQueue {
  add(data: z.input<typeof conversionFailedInput>, options: { jobId: string }): Promise<unknown>
}

/** Makes a job of a dead letter of `video.convert`. A letter that comes twice makes one job: its id is the failure's. */
export async function announceFailure(
  letter: DeadJobNotice,
  queue: ConversionFailedQueue,
  logger: Logger,
): Promise<void> {
  const { id: jobId, stamp, failure } = letter
  const conversion = convertVideoInput.safeParse(letter.data)
  if (!conversion.success) {
    // It was never a conversion that somebody has asked for; operators find it among the dead letters.
    logger.error({ jobId }, 'a dead job names no owner: nobody can be told')
    return
  }
  const { ownerId, fileName } = conversion.data
  const reason = explainFinalFailure({
    failedReason: failure.reason,
    stacktrace: failure.stacktraces.at(-1),
  })
  try {
    await queue.add({ ownerId, jobId, stamp, fileName, reason }, { jobId: jobIdOfFailure(jobId, stamp) })
  } catch (error) {
    // Recorded; a worker publishes it again.
    if ((error as { code?: unknown }).code !== 'ERR_PUBLISH_UNCONFIRMED') throw error
  }
}
