import type { KeysMap, RedisClient } from 'bullmq'
import { stampEligibleJobs } from '../redis/commands/stamp-eligible-jobs.ts'
import type { StampedJob } from '../redis/stamped-job.ts'
import { earlyDelivery } from './early-delivery.ts'
import type { Intake } from './intake.ts'

/** Ids that are looked at in each place. */
const REACH = 100

export interface EligiblePublisherOptions {
  keys: KeysMap
  redis: () => Promise<RedisClient>
  intake: Intake
  /** How many more jobs could start here. */
  freeCredit: () => number
  publish: (jobs: StampedJob[]) => Promise<void>
}

/** Publishes the eligible jobs that have no message yet (R5), as many as the script sees, until it sees none. */
export class EligiblePublisher {
  readonly #options: EligiblePublisherOptions
  #cursor = REACH

  constructor(options: EligiblePublisherOptions) {
    this.#options = options
  }

  /** Gives when the next delayed job is due, in epoch milliseconds. */
  async run(): Promise<number | undefined> {
    try {
      for (;;) {
        const { jobs, nextDelayedAt } = await this.#stamp()
        if (jobs.length === 0) return nextDelayedAt
        const published = this.#options.publish(jobs)
        for (const job of jobs.filter(({ startsNext }) => startsNext).toReversed())
          this.#options.intake.receiveEarly(earlyDelivery(job))
        await published
      }
    } finally {
      // After that, so that what must overtake the deliveries that are kept is in front of them.
      this.#options.intake.unblock()
    }
  }

  async #stamp(): Promise<{ jobs: StampedJob[]; nextDelayedAt: number | undefined }> {
    const { keys, redis, intake } = this.#options
    const freeCredit = this.#options.freeCredit()
    const found = await stampEligibleJobs(
      { keys, client: redis },
      {
        reach: REACH,
        cursor: this.#cursor,
        prioritizedCredit: freeCredit,
        headCredit: Math.max(freeCredit, intake.isNextEarly ? 0 : 1),
      },
    )
    this.#cursor = found.cursor
    return found
  }
}
