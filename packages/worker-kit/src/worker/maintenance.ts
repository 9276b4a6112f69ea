import type { Consumer } from '../amqp/consumer.ts'
import { CANCELED } from '../job/cancellation.ts'
import { canceledJobs } from '../redis/commands/canceled-jobs.ts'
import { oldestWaitingJobs } from '../redis/commands/oldest-waiting-jobs.ts'
import { supersededDeliveries } from '../redis/commands/superseded-deliveries.ts'
import type { RedisQueue } from '../redis/redis-queue.ts'
import type { StampedJob } from '../redis/stamped-job.ts'
import type { Deliveries } from './deliveries.ts'
import type { LostMessageWatch } from './lost-message-watch.ts'
import { placeholderOf } from './placeholder.ts'
import type { RunSettler } from './settle-run.ts'
import type { Presence } from './takeover/presence.ts'

export interface MaintenanceOptions {
  queue: RedisQueue
  consumer: Pick<Consumer, 'hasFreePrefetch' | 'reopenChannel' | 'countReady'>
  deliveries: Deliveries
  presence: Presence
  watch: LostMessageWatch
  /** Whether jobs wait, by the look that was just taken. */
  areJobsWaiting: () => boolean
  runs: RunSettler
  publish: (jobs: StampedJob[]) => Promise<void>
  /** A job that runs here was canceled; called again until the job has ended. */
  onCanceled: (id: string, failure: string) => void
}

/** What a worker looks after once a second; less often while the queue is quiet. */
export class Maintenance {
  readonly #options: MaintenanceOptions

  constructor(options: MaintenanceOptions) {
    this.#options = options
  }

  async run(): Promise<void> {
    await this.#options.presence.renew()
    await this.#settleSuperseded()
    await this.#findCanceled()
    await this.#publishLost()
  }

  /** Acknowledges deliveries whose job was taken over, removed or moved on while it ran here. */
  async #settleSuperseded(): Promise<void> {
    const { queue, deliveries, runs } = this.#options
    const running = deliveries.running()
    if (running.length === 0) return
    const superseded = new Set(await supersededDeliveries(queue, running))
    for (const delivery of running) if (superseded.has(delivery.id)) runs.ackSuperseded(delivery)
  }

  /** Workers are told of canceled jobs by Redis' publish and subscribe; this finds what they missed. */
  async #findCanceled(): Promise<void> {
    const { queue, deliveries, onCanceled } = this.#options
    const ids = deliveries.running().map(({ id }) => id)
    if (ids.length === 0) return
    for (const { id, failure } of await canceledJobs(queue, ids, CANCELED)) onCanceled(id, failure)
  }

  /** Publishes waiting jobs again whose message may be lost (R6). */
  async #publishLost(): Promise<void> {
    const { queue, consumer, deliveries, watch, areJobsWaiting } = this.#options
    const { suspicions, isDeaf, asksBroker } = watch.tick(consumer.hasFreePrefetch)
    if (isDeaf) await consumer.reopenChannel()
    if (asksBroker) watch.noteReady(await consumer.countReady())
    if (!areJobsWaiting()) return
    for (const suspicion of suspicions) {
      // Deliveries that may not start now are overtaken for that reason: a rate limit, a full queue.
      if ('stampedBefore' in suspicion && deliveries.isBlocked) continue
      const jobs = await oldestWaitingJobs(queue, suspicion)
      if ('stampedBefore' in suspicion) await this.#publishOvertaken(watch.notRepublished(jobs))
      else if (jobs.length > 0) await this.#publishForIdle(jobs)
    }
  }

  /** Jobs that younger ones have overtaken start next: at the end of a queue that stays long they would wait on. */
  async #publishOvertaken(jobs: StampedJob[]): Promise<void> {
    const { deliveries, publish } = this.#options
    if (jobs.length === 0) return
    const placeholders = jobs.map(placeholderOf)
    const published = publish(jobs)
    for (const placeholder of placeholders.toReversed()) deliveries.insertAhead(placeholder)
    await published
  }

  async #publishForIdle(jobs: StampedJob[]): Promise<void> {
    await this.#options.publish(jobs)
    this.#options.watch.notePublishedForIdle()
  }
}
