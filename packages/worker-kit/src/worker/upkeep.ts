import type { KeysMap, RedisClient } from 'bullmq'
import type { Consumer, Delivery } from '../amqp/consumer.ts'
import { CANCELED } from '../job/cancellation.ts'
import { canceledJobs } from '../redis/commands/canceled-jobs.ts'
import { oldestWaitingJobs } from '../redis/commands/oldest-waiting-jobs.ts'
import { supersededDeliveries } from '../redis/commands/superseded-deliveries.ts'
import type { StampedJob } from '../redis/stamped-job.ts'
import type { LostMessageWatch, Suspicion } from './lost-message-watch.ts'

export interface UpkeepOptions {
  keys: KeysMap
  redis: () => Promise<RedisClient>
  consumer: Consumer
  watch: LostMessageWatch
  /** Deliveries whose jobs run here. */
  running: () => Delivery[]
  /** Ends the run of a delivery whose job is somebody else's now, unless it is ending by itself. */
  drop: (delivery: Delivery) => void
  publish: (jobs: StampedJob[]) => Promise<void>
  /** A job that runs here was canceled; said again until it has ended. */
  onCanceled: (id: string, failure: string) => void
}

/** What a worker looks after once a second. */
export class Upkeep {
  readonly #options: UpkeepOptions

  constructor(options: UpkeepOptions) {
    this.#options = options
  }

  async run(): Promise<void> {
    await this.#dropSuperseded()
    await this.#findCanceled()
    await this.#publishLost()
  }

  /** Frees the slots of running deliveries whose job was taken over, removed or moved on. */
  async #dropSuperseded(): Promise<void> {
    const { keys, redis, running, drop } = this.#options
    const deliveries = running()
    if (deliveries.length === 0) return
    const superseded = await supersededDeliveries({ keys, client: redis }, deliveries)
    for (const delivery of deliveries) if (superseded.includes(delivery.id)) drop(delivery)
  }

  /** Whoever cancels a job says so to workers that listen; this finds what they missed. */
  async #findCanceled(): Promise<void> {
    const { keys, redis, running, onCanceled } = this.#options
    const ids = running().map(({ id }) => id)
    if (ids.length === 0) return
    const canceled = await canceledJobs({ keys, client: redis }, ids, CANCELED)
    for (const { id, failure } of canceled) onCanceled(id, failure)
  }

  /** Publishes waiting jobs again whose message may be lost (R6). */
  async #publishLost(): Promise<void> {
    const { consumer, watch, publish } = this.#options
    const { suspicions, isDeaf } = watch.tick(consumer.hasFreeCredit)
    if (isDeaf) await consumer.reopen()
    for (const suspicion of suspicions) {
      const jobs = await this.#oldest(suspicion)
      if (jobs.length === 0) continue
      await publish(jobs)
      if ('olderThanMicros' in suspicion) watch.notePublishedAgain()
    }
  }

  async #oldest(suspicion: Suspicion): Promise<StampedJob[]> {
    const { keys, redis } = this.#options
    const { count } = suspicion
    return oldestWaitingJobs(
      { keys, client: redis },
      'before' in suspicion
        ? { count, stampedBefore: suspicion.before }
        : { count, olderThanMicros: suspicion.olderThanMicros },
    )
  }
}
