import type { KeysMap, RedisClient, WorkerOptions } from 'bullmq'
import type { Delivery } from '../amqp/consumer.ts'
import type { StaleReason, StartReply } from '../redis/commands/finish-and-start-jobs.ts'
import { type RedeliveredReply, startRedeliveredJob } from '../redis/commands/start-redelivered-job.ts'
import { parseJobHash } from '../redis/stamped-job.ts'
import type { Intake } from './intake.ts'
import type { LostMessageWatch } from './lost-message-watch.ts'
import type { Recovery } from './recovery/recovery.ts'
import type { Rounds } from './rounds.ts'
import type { Takeover } from './takeover/takeover.ts'

/** BullMQ's answer to "what is next": job, id, milliseconds of a rate limit, time of the next delayed job. */
export type NextJob = [job: object | null, id: string | undefined, rateLimitMs: number, delayUntil: number]

/** How soon a worker asks again when as many jobs as allowed run elsewhere, in milliseconds: their end tells nobody. */
const MAXED_RETRY_MS = 50

export interface StartingOptions {
  keys: KeysMap
  workerOptions: WorkerOptions
  redis: () => Promise<RedisClient>
  rounds: Rounds
  intake: Intake
  watch: LostMessageWatch
  takeover: Takeover
  recovery: Recovery
  /** A job was taken over from a worker that is gone: it has stalled. */
  onTakenOver: (id: string) => void
}

/** What becomes of a delivery whose turn has come: it starts its job (R2), waits on, or is of no use. */
export class Starting {
  readonly #options: StartingOptions

  constructor(options: StartingOptions) {
    this.#options = options
  }

  /** Gives the job, or BullMQ's answer that none may start; `undefined` when another delivery is to be tried. */
  async start(delivery: Delivery, token: string): Promise<NextJob | undefined> {
    const { id, stamp } = delivery
    const { rounds, keys, redis, workerOptions } = this.#options
    // Only a message that was delivered before can mean that its first receiver is gone.
    const started = delivery.redelivered
      ? startRedeliveredJob({ keys, client: redis }, workerOptions, { id, stamp, token })
      : rounds.start({ id, stamp, token })
    const reply = await started.catch(error => {
      delivery.giveBack()
      throw error
    })
    return this.#onReply(delivery, reply)
  }

  async #onReply(delivery: Delivery, reply: StartReply | RedeliveredReply): Promise<NextJob | undefined> {
    const { intake, watch, takeover, onTakenOver } = this.#options
    switch (reply[0]) {
      case 'active':
        watch.noteActivation(delivery.stamp)
        intake.start(delivery)
        if (reply[2] === 'stalled') onTakenOver(delivery.id)
        return [parseJobHash(reply[1], delivery.id), delivery.id, 0, 0]
      case 'blocked':
        intake.putBack(delivery, reply[1] || (reply[2] === 'maxed' ? MAXED_RETRY_MS : undefined))
        return [null, undefined, reply[1], 0]
      case 'running':
        // It may be the only message of that job: an answer that a job has started can be lost on its way here.
        takeover.consider(delivery)
        return undefined
      case 'locked':
        takeover.consider(delivery)
        // Where one worker died the other messages that come again are likely its, too: one look is for all of them.
        for (const other of intake.takeRedelivered()) takeover.consider(other)
        return undefined
      case 'stale':
        return this.#onStale(delivery, reply[1])
    }
  }

  /** Not the current delivery of its job: a copy of no use, unless Redis lost the job or never knew it (R7). */
  async #onStale(delivery: Delivery, reason: StaleReason): Promise<undefined> {
    if (reason === 'not waiting') {
      delivery.ack()
      return
    }
    const recorded = await this.#options.recovery.judge(delivery)
    if (recorded) this.#options.intake.receive(recorded)
  }
}
