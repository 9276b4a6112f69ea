import type { RecordOn } from '@jackalope/worker-kit'

/** What is compared. */
export const contestantNames = [
  'stock',
  'stock-always',
  'quorum',
  'quorum-start',
  'classic',
  'amqplib-quorum',
  'amqplib-classic',
] as const
export type ContestantName = (typeof contestantNames)[number]

/** Which program is used, and on what. */
export type Contestant =
  /** BullMQ as it is. */
  | { name: ContestantName; title: string; kind: 'bullmq'; redis: RedisName }
  /** BullMQ on RabbitMQ, through worker-kit. */
  | {
      name: ContestantName
      title: string
      kind: 'worker-kit'
      redis: RedisName
      queueType: QueueType
      recordOn?: RecordOn
    }
  /** RabbitMQ alone. */
  | { name: ContestantName; title: string; kind: 'amqplib'; queueType: QueueType }

/** The two servers of Redis: one that writes nothing to the disk, one that syncs every write before it answers. */
export type RedisName = 'redis-none' | 'redis-always'
export type QueueType = 'quorum' | 'classic'

export const contestants: Record<ContestantName, Contestant> = {
  stock: {
    name: 'stock',
    title: 'BullMQ as it is, on Redis without persistence',
    kind: 'bullmq',
    redis: 'redis-none',
  },
  'stock-always': {
    name: 'stock-always',
    title: 'BullMQ as it is, on Redis with appendfsync always',
    kind: 'bullmq',
    redis: 'redis-always',
  },
  quorum: {
    name: 'quorum',
    title: 'BullMQ on RabbitMQ (worker-kit), quorum queue; Redis without persistence',
    kind: 'worker-kit',
    redis: 'redis-none',
    queueType: 'quorum',
  },
  'quorum-start': {
    name: 'quorum-start',
    title: 'the same, with jobs that are recorded at their start',
    kind: 'worker-kit',
    redis: 'redis-none',
    queueType: 'quorum',
    recordOn: 'start',
  },
  classic: {
    name: 'classic',
    title: 'BullMQ on RabbitMQ (worker-kit), classic queue; Redis without persistence',
    kind: 'worker-kit',
    redis: 'redis-none',
    queueType: 'classic',
  },
  'amqplib-quorum': {
    name: 'amqplib-quorum',
    title: 'amqplib alone, quorum queue: confirm, one ack each, prefetch = concurrency',
    kind: 'amqplib',
    queueType: 'quorum',
  },
  'amqplib-classic': {
    name: 'amqplib-classic',
    title: 'amqplib alone, classic queue: the same',
    kind: 'amqplib',
    queueType: 'classic',
  },
}
