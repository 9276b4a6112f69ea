import type { DeadLetterWriter, FinalFailure } from '../dead-letters/dead-letter-writer.ts'
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
  /** Whether the answer is to bring the worker's next job. */
  readonly fetchNext: boolean
}

/** Why a job fails for good. */
export type FailureCause = Omit<FinalFailure, keyof OwnedJob>

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
  onError: (error: Error) => void
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
  async fail(job: EndedJob, failure: FailureCause): Promise<Finished> {
    // First (R9), and before the next job starts: an outage of the broker is waited out here.
    await this.#writeDeadLetter(job, failure)
    return this.#finish(job)
  }

  async #writeDeadLetter(job: OwnedJob, failure: FailureCause): Promise<void> {
    const { deadLetters, outcomes, fence } = this.#options
    const { jobId, token } = job
    try {
      // Redis is asked for the job first, and may not be able to answer now.
      await outcomes.record(job, () => deadLetters.write({ jobId, token, ...failure }))
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
    const result = await this.#options.nextJobs.endAndStartNext(job.token, atHand =>
      this.#recordAndSettle(job, args, atHand),
    )
    return { finishedOn, result }
  }

  /** @param atHand - the next job, which starts in the same call
   *  @returns whether the next job has started for the worker, if there is one: while Redis cannot take the outcome, nobody
   *    would renew that job's lock, so it goes back to wait */
  async #recordAndSettle(
    job: OwnedJob,
    args: unknown[],
    atHand?: Promise<NextJob | undefined>,
  ): Promise<boolean> {
    const { runs, fence, outcomes } = this.#options
    let returned: Promise<void> | undefined
    const returnNext = () => {
      returned ??= this.#returnToWait(atHand, job.token)
      return returned
    }
    try {
      // The delivery is settled last (R3): a lost delivery is harmless, a lost outcome is not.
      await runs.settleAfter(job, () => outcomes.record(job, () => this.#record(job.jobId, args), returnNext))
    } catch (error) {
      // The run is over, although Redis did not record how (R8).
      fence.drop(job.jobId, job.token)
      await returnNext()
      throw error
    }
    await returned
    return returned === undefined
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
    if (!jobId) return
    // A job that cannot be returned has lost its lock: BullMQ's check for stalled jobs finds it.
    await this.#options.mover.moveToWait({ jobId, token }).catch(this.#options.onError)
  }
}
