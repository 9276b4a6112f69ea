import { stampEligibleJobs } from '../redis/commands/stamp-eligible-jobs.ts'
import type { RedisQueue } from '../redis/redis-queue.ts'
import type { StampedJob } from '../redis/stamped-job.ts'
import type { Deliveries } from './deliveries.ts'
import { placeholderOf } from './placeholder.ts'

/** Ids that are looked at in each place of the queue. */
const REACH = 100

export interface EligiblePublisherOptions {
  queue: RedisQueue
  deliveries: Deliveries
  /** How many more jobs could start here. */
  freePrefetch: () => number
  /** Whether jobs wait at the broker of which Redis knows nothing. */
  hasLineAtBroker: () => boolean
  publish: (jobs: StampedJob[]) => Promise<void>
}

/** Publishes the eligible jobs that have no message yet (R5), batch by batch, until Redis shows none. */
export class EligiblePublisher {
  readonly #options: EligiblePublisherOptions
  #cursor = REACH
  #waiting = 0

  constructor(options: EligiblePublisherOptions) {
    this.#options = options
  }

  /** Jobs in wait and prioritized, by the last look. */
  get waiting(): number {
    return this.#waiting
  }

  /** @returns when the next delayed job is due, in epoch milliseconds */
  async run(): Promise<number | undefined> {
    const { publish, deliveries } = this.#options
    try {
      for (;;) {
        const { jobs, nextDelayedAt } = await this.#stamp()
        if (jobs.length === 0) return nextDelayedAt
        const placeholders = jobs.filter(({ startsNext }) => startsNext).map(placeholderOf)
        const published = publish(jobs)
        for (const placeholder of placeholders.toReversed()) deliveries.insertAhead(placeholder)
        await published
      }
    } finally {
      // Last: what has to overtake the blocked deliveries is now in front of them.
      deliveries.unblock()
    }
  }

  async #stamp(): Promise<{ jobs: StampedJob[]; nextDelayedAt: number | undefined }> {
    const { queue, deliveries, freePrefetch, hasLineAtBroker } = this.#options
    const free = freePrefetch()
    const { jobs, nextDelayedAt, cursor, waiting } = await stampEligibleJobs(queue, {
      reach: REACH,
      cursor: this.#cursor,
      mostPrioritized: free,
      // One more than fits here: it overtakes what is prefetched.
      mostAtHead: Math.max(free, deliveries.isNextOutOfTurn ? 0 : 1),
      hasLineAtBroker: hasLineAtBroker(),
    })
    this.#cursor = cursor
    this.#waiting = waiting
    return { jobs, nextDelayedAt }
  }
}
