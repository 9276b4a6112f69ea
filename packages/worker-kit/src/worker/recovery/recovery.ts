import { randomUUID } from 'node:crypto'
import type { JobJson } from 'bullmq'
import type { Delivery } from '../../amqp/delivery.ts'
import { decodeJob, type JobBody } from '../../amqp/job-body.ts'
import { copyWithId, isUnrecorded, type JobMessage } from '../../amqp/message.ts'
import { decodeUnrecorded } from '../../amqp/unrecorded-job.ts'
import { judgeStamps } from '../../redis/commands/judge-stamps.ts'
import { recordJob } from '../../redis/commands/record-job.ts'
import type { RedisQueue } from '../../redis/redis-queue.ts'
import { isTemporary } from '../redis-outage.ts'

export interface RecoveryOptions {
  queue: RedisQueue
  /** Publishes to the queue of jobs. */
  publish: (message: JobMessage) => Promise<void>
  /** Adds a job that may not run at once. */
  addJob: (job: JobJson, id: string) => Promise<unknown>
}

/** Decides on deliveries whose job Redis does not know, or knows by another stamp. Redis may have lost the job (R7), or nobody had
 *  recorded it when its message was published. */
export class Recovery {
  readonly #options: RecoveryOptions
  /** The last job was lost. The next one most likely is, too, and is recorded without asking first. */
  #expectsLost = false

  constructor(options: RecoveryOptions) {
    this.#options = options
  }

  /** @returns the delivery to start, its job recorded from the message; `undefined` when the delivery is settled: its job was
   *    removed, is finished, runs elsewhere or later, or is none */
  async judge(delivery: Delivery): Promise<Delivery | undefined> {
    try {
      // Without a stamp of its own. The job may have got one here before Redis lost the job.
      if (isUnrecorded(delivery)) return await this.#recordNew({ ...delivery, stamp: '' })
      return await this.#recordIfLost(delivery)
    } catch (error) {
      if (isUnrecordable(error)) return refused(delivery, `it cannot be recorded (${error.message})`)
      delivery.requeue()
      throw error
    }
  }

  async #recordIfLost(delivery: Delivery): Promise<Delivery | undefined> {
    const job = decodeJob(delivery.content)
    const isReadable = typeof job !== 'string'
    if (isReadable && this.#expectsLost) return this.#record(delivery, job)
    const [verdict] = await judgeStamps(this.#options.queue, [delivery.stamp])
    if (verdict === 'known') return acknowledged(delivery)
    if (verdict === 'bogus') return refusedAsBogus(delivery)
    return isReadable ? this.#record(delivery, job) : refused(delivery, job)
  }

  async #recordNew(delivery: Delivery): Promise<Delivery | undefined> {
    const { id, content, properties } = delivery
    const job = decodeUnrecorded(id, content, properties)
    if (typeof job === 'string') return refused(delivery, job)
    if (id === '') {
      // Without an id, a message that comes twice cannot be told from two messages.
      await this.#options.publish(copyWithId(delivery, randomUUID()))
      return acknowledged(delivery)
    }
    if (job.opts.delay || job.opts.priority) {
      await this.#options.addJob(job as unknown as JobJson, id)
      return acknowledged(delivery)
    }
    return this.#record(delivery, job)
  }

  async #record(delivery: Delivery, job: JobBody): Promise<Delivery | undefined> {
    const reply = await recordJob(this.#options.queue, delivery, job)
    this.#expectsLost = reply.outcome === 'start'
    if (reply.outcome === 'start') return { ...delivery, id: reply.id, stamp: reply.stamp }
    return reply.outcome === 'bogus' ? refusedAsBogus(delivery) : acknowledged(delivery)
  }
}

/** Codes of messages that cannot be published again. */
const UNPUBLISHABLE: unknown[] = ['ERR_JOB_TOO_LARGE', 'ERR_MALFORMED_MESSAGE']

/** Whether the message will never be recorded: a script fails on it, its id is that of another key, or a copy of it cannot be sent.
 *  Other errors pass. */
function isUnrecordable(error: unknown): error is Error {
  if (!(error instanceof Error) || isTemporary(error)) return false
  if (UNPUBLISHABLE.includes((error as { code?: unknown }).code)) return true
  const isFault = error.message.startsWith('ERR ') || error.message.startsWith('WRONGTYPE ')
  return isFault && error.message.includes('script')
}

function acknowledged(delivery: Delivery): undefined {
  delivery.ack()
}

async function refused(delivery: Delivery, reason: string): Promise<undefined> {
  await delivery.deadLetter(reason)
}

function refusedAsBogus(delivery: Delivery): Promise<undefined> {
  return refused(delivery, `its stamp ${delivery.stamp} lies in the future`)
}
