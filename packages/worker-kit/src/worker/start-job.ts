import type { Delivery } from '../amqp/delivery.ts'
import type { JobBody } from '../amqp/job-body.ts'
import { isUnrecorded } from '../amqp/message.ts'
import { decodeUnrecorded } from '../amqp/unrecorded-job.ts'
import type { StaleReason, StartReply, WorkerSettings } from '../redis/commands/finish-and-start-jobs.ts'
import { type RedeliveredReply, startRedeliveredJob } from '../redis/commands/start-redelivered-job.ts'
import type { RedisQueue } from '../redis/redis-queue.ts'
import { parseJobHash } from '../redis/stamped-job.ts'
import type { Deliveries } from './deliveries.ts'
import type { FinishStartBatcher } from './finish-start-batcher.ts'
import type { LostMessageWatch } from './lost-message-watch.ts'
import type { Recovery } from './recovery/recovery.ts'
import { backoffMs, isTemporary } from './redis-outage.ts'
import type { Fence } from './takeover/fence.ts'
import type { Takeover } from './takeover/takeover.ts'

/** BullMQ's answer to "what is next": job, id, how long the rate limit still lasts in milliseconds, when the next delayed job is
 *  due in epoch milliseconds (0: not known). */
export type NextJob = [job: object | null, id: string | undefined, rateLimitMs: number, delayUntil: number]

/** How soon a worker asks again while as many jobs as allowed run elsewhere, in milliseconds: nobody announces their end. */
const MAXED_RETRY_MS = 50

export interface JobStarterOptions {
  queue: RedisQueue
  settings: WorkerSettings
  deliveries: Deliveries
  batcher: FinishStartBatcher
  takeover: Takeover
  recovery: Recovery
  watch: LostMessageWatch
  fence: Fence
  /** A job was taken over from a worker that is gone. */
  onStalled: (id: string) => void
}

/** How a job starts: from the delivery at hand to the job that the worker runs. */
export class JobStarter {
  readonly #options: JobStarterOptions
  #failures = 0
  #lastFailure: unknown

  constructor(options: JobStarterOptions) {
    this.#options = options
  }

  /** Starts the next job whose delivery is at hand, or comes within a time.
   *  @param token - for the job's lock
   *  @param withinMs - how long to wait for a delivery, in milliseconds. @default 0
   *  @returns the job; BullMQ's empty answer when none may start now; `undefined` when no delivery came */
  async startNext(token: string, withinMs = 0): Promise<NextJob | undefined> {
    const { deliveries, takeover } = this.#options
    // Announced before the first lock: other workers must be able to tell whether this one is gone (R8).
    if (!takeover.presence.isAnnounced(token)) await takeover.presence.announce(token)
    for (;;) {
      const delivery = deliveries.take() ?? (withinMs > 0 && (await deliveries.takeWithin(withinMs)))
      if (!delivery) return undefined
      const reply = await this.#requestStart(delivery, token)
      const next = await this.#act(delivery, reply, token)
      if (next) return next
    }
  }

  /** Asks Redis to start the job if the delivery's stamp is the job's current one (R2). */
  async #requestStart(delivery: Delivery, token: string): Promise<StartReply | RedeliveredReply> {
    const { deliveries } = this.#options
    try {
      const reply = await this.#call(delivery, token)
      this.#failures = 0
      return reply
    } catch (error) {
      // All starts of one call to Redis fail by the same error.
      if (error !== this.#lastFailure) this.#failures += 1
      this.#lastFailure = error
      // Recorded by itself: if Redis cannot take it, the message is to blame.
      if (delivery.stamp === '' && !isTemporary(error)) return ['stale', 'known']
      // A message that is requeued comes back at once: a busy or full Redis would be asked without a pause.
      if (isTemporary(error) && !deliveries.isInterrupted)
        deliveries.block(delivery, backoffMs(this.#failures))
      else delivery.requeue()
      throw error
    }
  }

  #call(delivery: Delivery, token: string): Promise<StartReply | RedeliveredReply> {
    const { queue, settings, batcher } = this.#options
    const { id, stamp, receivedAt } = delivery
    const request = { id, stamp, token }
    if (stamp === '') {
      const job = newJobOf(delivery)
      // Judged by itself, as a job that is known.
      if (!job) return Promise.resolve(['stale', 'known'])
      return batcher.start({ ...request, newJob: { job, receivedAt } })
    }
    // Only a redelivered message can mean that its first receiver is gone.
    return delivery.redelivered ? startRedeliveredJob(queue, settings, request) : batcher.start(request)
  }

  async #act(
    delivery: Delivery,
    reply: StartReply | RedeliveredReply,
    token: string,
  ): Promise<NextJob | undefined> {
    const { deliveries, takeover } = this.#options
    switch (reply[0]) {
      case 'active':
        return this.#begin(delivery, { hash: reply[1], detail: reply[2], token })
      case 'blocked':
        if (deliveries.isInterrupted) delivery.requeue()
        else
          deliveries.block(
            reply[3] ? deliveries.stamped(delivery, reply[3]) : delivery,
            reply[1] || (reply[2] === 'maxed' ? MAXED_RETRY_MS : undefined),
          )
        return [null, undefined, reply[1], 0]
      case 'running':
        // This may be the job's only message: the reply that the job has started can be lost.
        takeover.consider(delivery)
        return undefined
      case 'locked':
        takeover.consider(delivery)
        // Other redelivered messages are likely the same dead worker's: one look is for all.
        for (const other of deliveries.takeRedelivered()) takeover.consider(other)
        return undefined
      case 'stale':
        return this.#handleStale(delivery, reply[1])
    }
  }

  /** @param start.detail - `stalled`, or the stamp of a job that was recorded only now */
  #begin(
    delivery: Delivery,
    { hash, detail, token }: { hash: string[]; detail?: string | null; token: string },
  ): NextJob {
    const { deliveries, fence, watch, onStalled } = this.#options
    // The stamp of a job that was recorded at its start says nothing of its turn.
    if (!deliveries.isOutOfTurn(delivery) && !isUnrecorded(delivery)) watch.noteActivation(delivery.stamp)
    deliveries.start(delivery.stamp === '' ? deliveries.stamped(delivery, detail as string) : delivery, token)
    fence.raise(delivery.id, token)
    if (detail === 'stalled') onStalled(delivery.id)
    return [parseJobHash(hash, delivery.id), delivery.id, 0, 0]
  }

  /** A delivery that is not its job's current one is acknowledged, unless Redis lost the job or never knew it (R7). */
  async #handleStale(delivery: Delivery, reason: StaleReason): Promise<undefined> {
    const { deliveries, recovery } = this.#options
    if (reason === 'not waiting' || reason === 'drained') {
      delivery.ack()
      return
    }
    const recorded = await recovery.judge(delivery)
    if (recorded) deliveries.receive(recorded)
  }
}

/** The job of a delivery that nobody has recorded; `undefined` for one that cannot be recorded as it starts: it has no id, is
 *  malformed, or has to wait for its time or turn. */
function newJobOf({ id, content, properties }: Delivery): JobBody | undefined {
  if (id === '') return undefined
  const job = decodeUnrecorded(id, content, properties)
  return typeof job === 'string' || job.opts.delay || job.opts.priority ? undefined : job
}
