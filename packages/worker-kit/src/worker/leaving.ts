import type { DeadLetterWriter, FinalFailure } from '../dead-letters/dead-letter-writer.ts'
import type { Fetching, Finished } from './fetching.ts'
import type { JobSource, Settling } from './job-source.ts'
import type { Fence } from './takeover/fence.ts'

export interface LeavingOptions {
  /** Resolves when steps may be run. */
  ready: () => Promise<unknown>
  fence: Fence
  deadLetterWriter: DeadLetterWriter
  /** Of the worker, if there is one. */
  source?: Pick<JobSource, 'leave'>
  fetching?: Fetching
}

/** What is done around BullMQ's steps that take a job out of active: its delivery is settled after them (R3), and nobody
 *  reports for it any more (R8). */
export class Leaving {
  readonly #options: LeavingOptions

  constructor(options: LeavingOptions) {
    this.#options = options
  }

  /** Runs such a step.
   *  @param afterwards - what becomes of the delivery. @default it is acknowledged */
  async leave<T>(
    jobId: string | undefined,
    token: string,
    step: () => Promise<T>,
    afterwards: (result: T) => Settling = () => 'ack',
  ): Promise<T> {
    const { ready, source, fence } = this.#options
    await ready()
    if (!source || !jobId) return step()
    const result = await source.leave(jobId, step, afterwards)
    if (afterwards(result) !== 'keep') fence.drop(jobId, token)
    return result
  }

  /** The end of a run, also when its outcome is refused; and the start of the next, if that is asked for. */
  async end(
    jobId: string | undefined,
    { token, fetchNext }: { token: string; fetchNext: boolean },
    step: () => Promise<{ finishedOn: number; result: unknown }>,
  ): Promise<Finished> {
    const { fence, fetching } = this.#options
    const end = async () => {
      try {
        return await this.leave(jobId, token, step)
      } finally {
        if (jobId) fence.drop(jobId, token)
      }
    }
    if (!fetchNext) return (await end()) as Finished
    if (fetching) return fetching.besideEnd(token, end)
    return { finishedOn: (await end()).finishedOn, result: [] }
  }

  /** Writes the dead letter of a job that is about to fail for good (R9). */
  async writeDeadLetter(failure: FinalFailure): Promise<void> {
    const { ready, fence, deadLetterWriter } = this.#options
    await ready()
    try {
      await deadLetterWriter.write(failure)
    } catch (error) {
      fence.drop(failure.jobId, failure.token)
      throw error
    }
  }
}
