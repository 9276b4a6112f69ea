import type { DeadLetterWriter } from '../dead-letters/dead-letter-writer.ts'
import { finishedOnOf } from '../redis/commands/finish-and-start-jobs.ts'
import type { FinishStartBatcher } from './finish-start-batcher.ts'
import type { JobMover } from './move-job.ts'
import type { Fetched, NextJobSource } from './next-job.ts'
import type { OutcomeRecorder, OwnedJob } from './record-outcome.ts'
import type { RunSettler } from './settle-run.ts'
import type { NextJob } from './start-job.ts'
import type { Fence } from './takeover/fence.ts'

/** A job whose run has ended. */
export interface EndedJob extends OwnedJob {
  /** Makes BullMQ's arguments of `moveToFinished`, which hold the time of the finish: keys, then arguments. */
  readonly finishArgs: () => unknown[]
  /** Whether the worker wants a job in exchange. */
  readonly fetchNext: boolean
}

/** Why a job fails for good. */
export interface FinalFailure {
  /** As BullMQ got it: usually text. */
  readonly reason: unknown
  /** Stack traces of all attempts: a JSON array. */
  readonly stacktrace: string | undefined
}

/** BullMQ's answer to a finish. */
export interface Finished {
  result: Fetched
  finishedOn: number
}

export interface JobFinisherOptions {
  deadLetters: DeadLetterWriter
  nextJobs: NextJobSource
  batcher: FinishStartBatcher
  outcomes: OutcomeRecorder
  runs: RunSettler
  mover: JobMover
  fence: Fence
  /** BullMQ's error for a negative result. */
  errorOf: (code: number, jobId: string) => Error
  /** Whether a job's record says that it finished at that time. */
  hasFinished: (jobId: string, finishedOn: number) => Promise<boolean>
}

/** How a job ends, in the order in which things happen: dead letter, then the finish and the next start in one call to Redis,
 *  then the delivery is settled, then the worker gets its next job. */
export class JobFinisher {
  readonly #options: JobFinisherOptions

  constructor(options: JobFinisherOptions) {
    this.#options = options
  }

  /** A job has completed. */
  complete(job: EndedJob): Promise<Finished> {
    return this.#finish(job)
  }

  /** A job has failed for good.
   *  @throws {WorkerKitError} `ERR_DEAD_LETTER_UNCONFIRMED`: the failure is not recorded */
  async fail(job: EndedJob, failure: FinalFailure): Promise<Finished> {
    // First (R9), and before the next job starts: an outage of the broker is waited out here.
    await this.#writeDeadLetter(job, failure)
    return this.#finish(job)
  }

  async #writeDeadLetter({ jobId, token }: OwnedJob, failure: FinalFailure): Promise<void> {
    const { deadLetters, fence } = this.#options
    try {
      await deadLetters.write({ jobId, token, ...failure })
    } catch (error) {
      fence.drop(jobId, token)
      throw error
    }
  }

  async #finish(job: EndedJob): Promise<Finished> {
    const args = job.finishArgs()
    const finishedOn = finishedOnOf(args)
    if (!job.fetchNext) {
      await this.#recordAndSettle(job, args)
      return { finishedOn, result: [] }
    }
    const { next } = await this.#options.nextJobs.succeed(job.token, atHand =>
      this.#recordAndSettle(job, args, atHand),
    )
    return { finishedOn, result: next }
  }

  /** @param atHand - the next job, which starts in the same call */
  async #recordAndSettle(
    job: OwnedJob,
    args: unknown[],
    atHand?: Promise<NextJob | undefined>,
  ): Promise<void> {
    const { runs, fence, outcomes } = this.#options
    const { jobId, token } = job
    // The worker learns of the next job when this one is recorded: until then nobody would renew the next one's lock.
    const returnNext = () => this.#returnToWait(atHand, token)
    try {
      // The delivery is settled last (R3): a lost delivery is harmless, a lost outcome is not.
      await runs.settleAfter(job, () => outcomes.record(job, () => this.#record(job.jobId, args), returnNext))
    } catch (error) {
      // The run is over, although Redis did not record how (R8).
      fence.drop(jobId, token)
      await returnNext()
      throw error
    }
  }

  async #record(jobId: string, args: unknown[]): Promise<void> {
    const { batcher, errorOf, hasFinished } = this.#options
    const code = await batcher.finish(args)
    if (code >= 0) return
    // The outcome was recorded before, and the reply was lost with the connection.
    if (await hasFinished(jobId, finishedOnOf(args))) return
    throw errorOf(code, jobId)
  }

  async #returnToWait(atHand: Promise<NextJob | undefined> | undefined, token: string): Promise<void> {
    const jobId = (await atHand?.catch(() => undefined))?.[1]
    if (jobId) await this.#options.mover.moveToWait({ jobId, token })
  }
}
