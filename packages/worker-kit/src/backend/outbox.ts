import type { JobJson, KeysMap, RedisClient } from 'bullmq'
import type { Broker } from '../amqp/broker.ts'
import { encodeJob } from '../amqp/message.ts'
import type { QueueTopology } from '../amqp/topology.ts'
import { type Added, noteDuplicate } from './adding.ts'
import { type EligibleJob, parseEligibleJobs } from './eligible-jobs.ts'
import { keyOf } from './queue-keys.ts'
import { runScript, scripts } from './scripts.ts'

export interface OutboxOptions {
  broker: Broker
  topology: QueueTopology
  keys: KeysMap
  redis: () => Promise<RedisClient>
}

/** Brings the jobs of one queue that stand in wait or prioritized to the broker (R4, R5). */
export class Outbox {
  readonly #options: OutboxOptions

  constructor(options: OutboxOptions) {
    this.#options = options
  }

  /** Publishes a job that was just added; a duplicate that still waits by its existing record. */
  async publishAdded({ id, stamp, isDuplicate }: Added, job: JobJson): Promise<void> {
    if (isDuplicate) noteDuplicate()
    if (stamp === undefined) return
    if (isDuplicate) await this.publishWaiting([id])
    else await this.publish([{ id, stamp, job }])
  }

  /** Publishes jobs that are in wait by their records in Redis. */
  async publishWaiting(ids: string[]): Promise<void> {
    const { keys, redis } = this.#options
    const reply = await runScript(
      await redis(),
      scripts.stamp,
      ['clock', 'active', 'moved-on'].map(key => keyOf(keys, key)),
      [keyOf(keys, ''), ...ids],
    )
    await this.publish(parseEligibleJobs(reply))
  }

  async publish(jobs: EligibleJob[]): Promise<void> {
    const { broker, topology } = this.#options
    await allConfirmed(
      jobs.map(({ job, id, stamp }) => broker.publisher.publish(topology, encodeJob(job, id, stamp))),
    )
  }
}

/** Waits for all, so that none is left on its own, and then throws the first error. */
export async function allConfirmed<T>(confirms: Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(confirms)
  const failed = settled.find(outcome => outcome.status === 'rejected')
  if (failed) throw failed.reason
  return settled.map(outcome => (outcome as PromiseFulfilledResult<T>).value)
}
