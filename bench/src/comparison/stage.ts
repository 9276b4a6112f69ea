import { type Contestant, type ContestantName, contestants } from '../contestants.ts'
import type { ProducerCalls } from '../roles/producer.ts'
import { type RoleProcess, startRole } from '../roles/role-process.ts'
import type { WorkerCalls, WorkerPlan } from '../roles/worker.ts'
import { accessOf, type BenchServers, type RedisServer } from '../servers.ts'
import type { Access } from '../sides/side.ts'

export type ProcessName = 'producer' | 'worker' | 'redis' | 'rabbitmq'

/** One contestant with its processes. Producer and workers are processes of their own, as they are in production: in
 *  one process each would wait for the other's turn of the event loop, and their CPU time could not be told apart.
 *  They live as long as the run, so that every trial but the warm-up runs compiled code. */
export interface Stage {
  contestant: Contestant
  access: Access
  producer: RoleProcess<ProducerCalls>
  workers: readonly [RoleProcess<WorkerCalls>, ...RoleProcess<WorkerCalls>[]]
  redis?: RedisServer
  /** Of all processes that do the contestant's work. */
  pids: Partial<Record<ProcessName, number[]>>
}

/** @param workerCount - processes of workers. @default 1 */
export async function openStage(
  name: ContestantName,
  servers: BenchServers,
  workerCount: number = 1,
): Promise<Stage> {
  const contestant = contestants[name]
  const redis = contestant.kind === 'amqplib' ? undefined : servers.redis[contestant.redis]
  const startWorker = () => startRole<WorkerCalls>('./worker.ts')
  const producer = await startRole<ProducerCalls>('./producer.ts')
  const first = await startWorker()
  const others = await Promise.all(Array.from({ length: workerCount - 1 }, startWorker))
  const workers = [first, ...others] as const
  return {
    contestant,
    access: accessOf(contestant, servers),
    producer,
    workers,
    redis,
    pids: {
      producer: [producer.pid],
      worker: workers.map(({ pid }) => pid),
      ...(redis && { redis: [redis.pid] }),
      ...(contestant.kind !== 'bullmq' && { rabbitmq: servers.rabbitmq.pids }),
    },
  }
}

export async function closeStage({ producer, workers }: Stage): Promise<void> {
  await Promise.all([producer, ...workers].map(role => role.end()))
}

/** Opens a queue on all workers; none takes a job yet. */
export async function openWorkers({ workers, access }: Stage, plan: WorkerPlan): Promise<void> {
  await Promise.all(workers.map(worker => worker.call('open', access, plan)))
}
