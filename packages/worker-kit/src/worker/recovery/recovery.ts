import { randomUUID } from 'node:crypto'
import type { JobJson, KeysMap, RedisClient } from 'bullmq'
import type { Delivery } from '../../amqp/consumer.ts'
import { decodeJob, type JobBody } from '../../amqp/job-body.ts'
import { copyWithId, isForeign, type JobMessage } from '../../amqp/message.ts'
import { judgeStamps } from '../../redis/commands/judge-stamps.ts'
import { recordJob } from '../../redis/commands/record-job.ts'
import { decodeForeignMessage } from './foreign-message.ts'

export interface RecoveryOptions {
  redis: () => Promise<RedisClient>
  keys: KeysMap
  /** Publishes to the queue of jobs. */
  publish: (message: JobMessage) => Promise<void>
  /** Adds a job that cannot run yet. */
  add: (job: JobJson, id: string) => Promise<unknown>
}

/** Decides on deliveries whose job Redis does not know, or knows by another stamp: it may have lost the job (R7), or
 *  the message may come from a producer that only speaks AMQP. */
export class Recovery {
  readonly #options: RecoveryOptions
  /** The last one was lost: the next one most likely is too, and its message is handed to Redis at once. */
  #expectsLost = false

  constructor(options: RecoveryOptions) {
    this.#options = options
  }

  /** Gives the delivery to start, when its job has been recorded from the message.
   *  Gives `undefined` when it is settled: the job was removed or is finished, runs elsewhere or later, or is none. */
  async judge(delivery: Delivery): Promise<Delivery | undefined> {
    try {
      // It may have been taken in before, and got a stamp here, and Redis have lost that since.
      if (isForeign(delivery)) return await this.#takeIn({ ...delivery, stamp: '' })
      return await this.#bringBack(delivery)
    } catch (error) {
      if (isUnrecordable(error)) return refused(delivery, `Redis cannot record it (${error.message})`)
      delivery.giveBack()
      throw error
    }
  }

  async #bringBack(delivery: Delivery): Promise<Delivery | undefined> {
    const job = decodeJob(delivery.content)
    const isReadable = typeof job !== 'string'
    if (isReadable && this.#expectsLost) return this.#record(delivery, job)
    const { keys, redis } = this.#options
    const [verdict] = await judgeStamps({ keys, client: redis }, [delivery.stamp])
    if (verdict === 'known') return settled(delivery)
    if (verdict === 'bogus') return refusedAsBogus(delivery)
    return isReadable ? this.#record(delivery, job) : refused(delivery, job)
  }

  async #takeIn(delivery: Delivery): Promise<Delivery | undefined> {
    const { id, content, properties } = delivery
    const job = decodeForeignMessage(id, content, properties)
    if (typeof job === 'string') return refused(delivery, job)
    if (id === '') {
      // Until it has an id of its own, a message that comes twice cannot be told from two messages.
      await this.#options.publish(copyWithId(delivery, randomUUID()))
      return settled(delivery)
    }
    if (job.opts.delay || job.opts.priority) {
      await this.#options.add(job as unknown as JobJson, id)
      return settled(delivery)
    }
    return this.#record(delivery, job)
  }

  async #record(delivery: Delivery, job: JobBody): Promise<Delivery | undefined> {
    const { keys, redis } = this.#options
    const recorded = await recordJob({ keys, client: redis }, delivery, job)
    this.#expectsLost = recorded.outcome === 'start'
    if (recorded.outcome === 'start') return { ...delivery, id: recorded.id, stamp: recorded.stamp }
    return recorded.outcome === 'bogus' ? refusedAsBogus(delivery) : settled(delivery)
  }
}

/** What a script trips over in one message it will trip over for ever; other errors pass. */
function isUnrecordable(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  if ((error as { code?: unknown }).code === 'ERR_JOB_TOO_LARGE') return true
  return error.message.startsWith('ERR ') && error.message.includes('user_script')
}

function settled(delivery: Delivery): undefined {
  delivery.ack()
}

async function refused(delivery: Delivery, reason: string): Promise<undefined> {
  await delivery.refuse(reason)
}

function refusedAsBogus(delivery: Delivery): Promise<undefined> {
  return refused(delivery, `its stamp ${delivery.stamp} lies in the future`)
}
