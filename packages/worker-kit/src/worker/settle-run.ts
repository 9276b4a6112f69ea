import type { Delivery } from '../amqp/delivery.ts'
import type { Deliveries } from './deliveries.ts'
import type { OwnedJob } from './record-outcome.ts'
import type { Fence } from './takeover/fence.ts'

/** What becomes of a delivery: the broker forgets it, hands it out again, or its job goes on running here. */
export type Settlement = 'ack' | 'requeue' | 'keep'

export interface RunSettlerOptions {
  deliveries: Deliveries
  fence: Fence
  /** A run ended here. @param ranMs - from its start, in milliseconds */
  onRunEnded: (ranMs: number) => void
}

/** Settles the deliveries of running jobs, always after Redis has recorded what became of the job (R3). */
export class RunSettler {
  readonly #options: RunSettlerOptions

  constructor(options: RunSettlerOptions) {
    this.#options = options
  }

  /** Runs a step that takes a job out of active, then settles the job's delivery.
   *  @param settlementOf - decides by the step's result. @default acknowledges */
  async settleAfter<T>(
    job: OwnedJob,
    step: () => Promise<T>,
    settlementOf: (result: T) => Settlement = () => 'ack',
  ): Promise<T> {
    const { deliveries } = this.#options
    const delivery = deliveries.beginLeaving(job.jobId, job.token)
    try {
      const result = await step()
      const settlement = settlementOf(result)
      if (settlement !== 'keep') this.#settle(job, delivery, settlement)
      return result
    } catch (error) {
      // The job's stamp decides who runs it when the broker delivers the message again.
      if (isOwnershipLost(error)) this.#settle(job, delivery, 'requeue')
      throw error
    } finally {
      deliveries.endLeaving(job.jobId, job.token)
      // A job that left active may have made room under a global concurrency.
      deliveries.unblock()
    }
  }

  /** The lock of a running job was lost: whoever gets the job's message next may start it. */
  requeueLost(id: string): void {
    const delivery = this.#options.deliveries.undisturbed(id)
    if (delivery) this.#options.deliveries.endRun(delivery)?.delivery.requeue()
  }

  /** A running job is somebody else's now: its delivery only takes up prefetch. */
  ackSuperseded({ id, stamp }: Delivery): void {
    const delivery = this.#options.deliveries.undisturbed(id)
    // A later run of the same job has another stamp.
    if (delivery?.stamp === stamp) this.#options.deliveries.endRun(delivery)?.delivery.ack()
  }

  #settle(job: OwnedJob, delivery: Delivery | undefined, settlement: 'ack' | 'requeue'): void {
    const { deliveries, fence, onRunEnded } = this.#options
    // Nobody reports for this run any more (R8).
    fence.drop(job.jobId, job.token)
    if (!delivery) return
    const run = deliveries.endRun(delivery)
    const current = run?.delivery ?? delivery
    current[settlement]()
    if (run) onRunEnded(run.ranMs)
  }
}

/** BullMQ's codes for a job that is missing, without a lock, not active, or locked by another worker. */
function isOwnershipLost(error: unknown): boolean {
  return [-1, -2, -3, -6].includes((error as { code?: number }).code ?? 0)
}
