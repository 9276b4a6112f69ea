import type { Broker } from '../amqp/broker.ts'
import type { BackedQueue } from './typed-queue.ts'

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
  readonly broker?: BrokerStats
  /** Most dead letters that are kept, by the option `deadLetters.maxCount`; `undefined` without it. */
  readonly maxDeadLetters?: number
}

export interface BrokerStats {
  readonly ready: number
  readonly consumers: number
  readonly deadLetters: number
}

/** Asks the broker how full a queue is; `undefined` as long as it has no such queue. */
export async function brokerStats(bull: BackedQueue, broker: Broker): Promise<BrokerStats | undefined> {
  const { topology } = bull.getBackend()
  const depths = await broker.depths(topology.queue, topology.deadLetterQueue)
  return (
    depths && {
      ready: depths[0].messageCount,
      consumers: depths[0].consumerCount,
      deadLetters: depths[1].messageCount,
    }
  )
}

/** Asks Redis and the broker how full a queue is. */
export async function queueStats(bull: BackedQueue, broker: Broker): Promise<QueueStats> {
  const [jobs, stats] = await Promise.all([bull.getJobCounts(...countedStates), brokerStats(bull, broker)])
  return {
    queue: bull.name,
    jobs: jobs as QueueStats['jobs'],
    broker: stats,
    maxDeadLetters: bull.getBackend().deadLetters.bound?.maxCount,
  }
}
