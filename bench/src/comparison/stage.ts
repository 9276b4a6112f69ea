import { type Contestant, type ContestantName, contestants } from '../contestants.ts'
import type { ProducerCalls } from '../roles/producer.ts'
import { type RoleProcess, startRole } from '../roles/role-process.ts'
import type { WorkerCalls } from '../roles/worker.ts'
import { accessOf, type BenchServers, type RedisServer } from '../servers.ts'
import type { Access } from '../sides/side.ts'

export type ProcessName = 'producer' | 'worker' | 'redis' | 'rabbitmq'

/** One contestant with its processes. Producer and worker are processes of their own, as they are in production: in
 *  one process each would wait for the other's turn of the event loop, and their CPU time could not be told apart.
 *  They live as long as the run, so that every trial but the warm-up runs compiled code. */
export interface Stage {
  contestant: Contestant
  access: Access
  producer: RoleProcess<ProducerCalls>
  worker: RoleProcess<WorkerCalls>
  redis?: RedisServer
  /** Of all processes that do the contestant's work. */
  pids: Partial<Record<ProcessName, number>>
}

export async function openStage(name: ContestantName, servers: BenchServers): Promise<Stage> {
  const contestant = contestants[name]
  const redis = contestant.kind === 'amqplib' ? undefined : servers.redis[contestant.redis]
  const producer = await startRole<ProducerCalls>('./producer.ts')
  const worker = await startRole<WorkerCalls>('./worker.ts')
  return {
    contestant,
    access: accessOf(contestant, servers),
    producer,
    worker,
    redis,
    pids: {
      producer: producer.pid,
      worker: worker.pid,
      ...(redis && { redis: redis.pid }),
      ...(contestant.kind !== 'bullmq' && { rabbitmq: servers.rabbitmq.pid }),
    },
  }
}

export async function closeStage({ producer, worker }: Stage): Promise<void> {
  await Promise.all([producer.end(), worker.end()])
}
