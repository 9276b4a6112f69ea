import type { RecordOn } from '@jackalope/worker-kit'
import type { QueueType } from '../contestants.ts'

/** What a process needs to know of its contestant. */
export type Access =
  | { kind: 'bullmq'; redisUrl: string }
  | { kind: 'worker-kit'; redisUrl: string; amqpUrl: string; queueType: QueueType; recordOn?: RecordOn }
  | { kind: 'amqplib'; amqpUrl: string; queueType: QueueType }

/** What every job carries. */
export interface JobData {
  /** Number of the job, from 0. */
  seq: number
  /** When `add` was called, in microseconds of the machine's monotonic clock. */
  addedAt: number
  /** How long the handler takes, in milliseconds; 0 is a handler that does nothing. */
  workMs: number
  padding: string
}

/** The producer's side of one queue. */
export interface ProducerSide {
  add(data: JobData): Promise<void>
  addBulk(data: JobData[]): Promise<void>
  /** What is left on the queue, by the servers' own account. */
  inspect(): Promise<QueueState>
  /** Deletes the queue and its jobs, and closes. */
  remove(): Promise<void>
}

export interface QueueState {
  /** Jobs that are recorded as completed; `undefined` where nobody keeps such a record. */
  completed?: number
  /** Jobs that are recorded as anything else. */
  unfinished: number
  /** Messages that are ready in the broker. */
  messages: number
}

export interface WorkerHandlers {
  /** The job's work. */
  handle(data: JobData): Promise<void>
  /** The job is done, and recorded as such. */
  onDone(data: JobData): void
  onError(error: Error): void
}

/** The worker's side of one queue. */
export interface WorkerSide {
  /** Takes jobs until it is closed. Resolves at once. */
  run(): Promise<void>
  close(): Promise<void>
}
