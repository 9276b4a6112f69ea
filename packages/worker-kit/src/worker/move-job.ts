import type { KeysMap } from 'bullmq'
import { type LeavingStep, leaveActive } from '../redis/commands/leave-active.ts'
import { keyOf } from '../redis/queue-keys.ts'
import type { QueueState } from '../redis/queue-state.ts'
import type { RedisQueue } from '../redis/redis-queue.ts'
import type { OutcomeRecorder, OwnedJob } from './record-outcome.ts'
import type { RunSettler } from './settle-run.ts'

export interface JobMoverOptions {
  queue: RedisQueue
  outcomes: OutcomeRecorder
  runs: RunSettler
  /** Publishes jobs that are in wait; gives the ids of those that Redis does not know. */
  publishWaiting: (ids: string[]) => Promise<string[]>
  onState: (state: QueueState) => void
  /** BullMQ's error for a negative result. */
  errorOf: (code: number, jobId: string, step: LeavingStep) => Error
}

/** Takes running jobs out of active without finishing them: they are delayed, retried, or wait for children. */
export class JobMover {
  readonly #options: JobMoverOptions

  constructor(options: JobMoverOptions) {
    this.#options = options
  }

  /** @param args - BullMQ's of `moveToDelayed` */
  async delay(job: OwnedJob, args: unknown[]): Promise<void> {
    await this.#options.runs.settleAfter(job, () => this.#run(job, 'moveToDelayed', args))
  }

  /** @param args - BullMQ's of `moveToWaitingChildren`
   *  @returns `false` when the job has no pending children, and goes on running */
  async waitForChildren(job: OwnedJob, args: unknown[]): Promise<boolean> {
    const result = await this.#options.runs.settleAfter(
      job,
      () => this.#run(job, 'moveToWaitingChildren', args),
      moved => (moved === 0 ? 'ack' : 'keep'),
    )
    return result === 0
  }

  /** @param args - BullMQ's of `retryJob` */
  async retry(job: OwnedJob, args: unknown[]): Promise<void> {
    await this.#putBack(job, 'retryJob', args)
  }

  /** Puts a job back into wait without using up an attempt. */
  moveToWait(job: OwnedJob): Promise<number> {
    return this.#putBack(job, 'moveJobFromActiveToWait', moveToWaitArgs(this.#options.queue.keys, job))
  }

  /** Puts a job back into wait, and publishes it before its delivery is settled. If Redis lost the job in that moment, its old
   *  message is all there is: that is requeued. */
  #putBack(job: OwnedJob, step: 'retryJob' | 'moveJobFromActiveToWait', args: unknown[]): Promise<number> {
    const { publishWaiting, runs, outcomes } = this.#options
    let isKnown = false
    const putBack = async () => {
      const result = await this.#run(job, step, args)
      const unknownIds = await outcomes.record(job, () => publishWaiting([job.jobId]))
      isKnown = unknownIds.length === 0
      return result
    }
    return runs.settleAfter(job, putBack, () => (isKnown ? 'ack' : 'requeue'))
  }

  #run(job: OwnedJob, step: LeavingStep, args: unknown[]): Promise<number> {
    const { queue, outcomes, onState, errorOf } = this.#options
    return outcomes.record(job, async () => {
      const { result, state } = await leaveActive(await queue.client(), queue.keys, step, args)
      onState(state)
      if (typeof result === 'number' && result < 0) throw errorOf(result, job.jobId, step)
      return Number(result)
    })
  }
}

/** BullMQ's arguments of `moveJobFromActiveToWait`. */
export function moveToWaitArgs(keys: KeysMap, { jobId, token }: OwnedJob): unknown[] {
  const names = ['active', 'wait', 'stalled', 'paused', 'meta', 'limiter', 'prioritized', 'marker', 'events']
  return [...names.map(name => keyOf(keys, name)), jobId, token, `${keyOf(keys, '')}${jobId}`]
}
