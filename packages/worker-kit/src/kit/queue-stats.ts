import type { Broker } from '../amqp/broker.ts'
import { backendOf } from '../backend/backend-of.ts'
import type { TypedQueue } from './typed-queue.ts'

/** States whose jobs are counted. */
export const countedStates = [
  'waiting',
  'prioritized',
  'active',
  'delayed',
  'waiting-children',
  'completed',
  'failed',
] as const

export interface QueueStats {
  readonly queue: string
  /** Jobs by state, as Redis has them. */
  readonly jobs: Readonly<Record<(typeof countedStates)[number], number>>
  /** Counts of the broker; `undefined` as long as it has no such queue. AMQP does not tell unacknowledged messages. */
  readonly broker?: { readonly ready: number; readonly consumers: number; readonly deadLetters: number }
  /** Most dead letters that are kept, by the option `deadLetters.maxCount`; `undefined` without it. */
  readonly maxDeadLetters?: number
}

/** Asks Redis and the broker how full a queue is. */
export async function queueStats(
  { bull }: Pick<TypedQueue<unknown>, 'bull'>,
  broker: Broker,
): Promise<QueueStats> {
  const { topology, deadLetters } = backendOf(bull)
  const [jobs, depths] = await Promise.all([
    bull.getJobCounts(...countedStates),
    broker.depths(topology.queue, topology.deadLetterQueue),
  ])
  return {
    queue: bull.name,
    jobs: jobs as QueueStats['jobs'],
    broker: depths && {
      ready: depths[0].messageCount,
      consumers: depths[0].consumerCount,
      deadLetters: depths[1].messageCount,
    },
    maxDeadLetters: deadLetters.bound?.maxCount,
  }
}
