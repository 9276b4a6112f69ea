import type { JobJson, MinimalJob, ParentKeyOpts, RedisClient, RetryOptions, WorkerOptions } from 'bullmq'
import type { Broker } from '../amqp/broker.ts'
import type { QueueTopology } from '../amqp/topology.ts'
import { DeadLetterWriter } from '../dead-letters/dead-letter-writer.ts'
import { DeadLetters } from '../dead-letters/dead-letters.ts'
import { JobAdder } from '../producer/add-jobs.ts'
import { Adding } from '../producer/adding.ts'
import { JobPublisher } from '../producer/publish-jobs.ts'
import type { RecordOn } from '../producer/record-on.ts'
import { UnreadMessages } from '../producer/unread-messages.ts'
import { UnrecordedAdder } from '../producer/unrecorded-adder.ts'
import type { LeavingStep } from '../redis/commands/leave-active.ts'
import type { RedisQueue } from '../redis/redis-queue.ts'
import { AttachedWorker, type ServedWorker } from '../worker/attached-worker.ts'
import { QueueEmptier } from './empty-queue.ts'
import { revivalOf } from './revive-dead-job.ts'

/** BullMQ's default, in milliseconds. */
export const DEFAULT_LOCK_MS = 30_000

/** A queue on both servers. */
export interface QueuePlace {
  broker: Broker
  topology: QueueTopology
  queue: RedisQueue
}

/** What the parts need of their backend, most of it BullMQ's own methods. */
export interface BackendHost {
  addJobToTransaction(
    client: RedisClient,
    job: JobJson,
    jobId: string,
    parentKeyOpts?: ParentKeyOpts,
  ): Promise<unknown>
  retryFinishedJob(job: MinimalJob, state: 'failed', options: RetryOptions): Promise<void>
  extendLock(jobId: string, token: string, durationMs: number): Promise<number>
  clientName(): string
  getClientList(): Promise<string[]>
  /** Waits for BullMQ's marker, for that long at most. */
  waitForMarker(timeoutMs: number): Promise<void>
  /** Asks Redis how many jobs may start: in wait, prioritized, or delayed and due. */
  countWaiting(): Promise<number>
  isClosing(): boolean
  /** BullMQ's error for a negative result. */
  errorOf(code: number, jobId: string, step: LeavingStep): Error
  onError(error: Error): void
}

/** What a backend delegates to. */
export interface BackendParts {
  publisher: JobPublisher
  /** Adds jobs in the way that each asks for. */
  adding: Adding
  /** Adds jobs that are recorded first. */
  adder: JobAdder
  deadLetters: DeadLetters
  deadLetterWriter: DeadLetterWriter
  emptier: QueueEmptier
  /** `undefined` for a backend that serves no worker. */
  worker: AttachedWorker | undefined
}

/** Makes the parts of a backend.
 *  @param served - the worker that the backend serves, if any */
export function composeParts(
  host: BackendHost,
  place: QueuePlace,
  options: Partial<WorkerOptions>,
  { served, recordOn }: { served: ServedWorker | undefined; recordOn: RecordOn },
): BackendParts {
  const publisher = new JobPublisher(place)
  const unread = served ? undefined : unreadMessages(host, place)
  const adder = new JobAdder({
    queue: place.queue,
    publisher,
    record: (client, { job, jobId, parentKeyOpts }) =>
      host.addJobToTransaction(client, job, jobId, parentKeyOpts),
    onAdded: () => unread?.noteAdded(),
  })
  const adding = new Adding({
    recorded: adder,
    unrecorded: new UnrecordedAdder(place),
    recordOn,
  })
  const locks = {
    lockDurationMs: options.lockDuration ?? DEFAULT_LOCK_MS,
    extendLock: (jobId: string, token: string, durationMs: number) =>
      host.extendLock(jobId, token, durationMs),
  }
  let worker: AttachedWorker | undefined
  const deadLetterWriter = new DeadLetterWriter({
    ...place,
    ...locks,
    isPatient: () => worker?.isTaking ?? false,
    onError: error => host.onError(error),
  })
  if (served)
    worker = attachedWorker(host, place, options, { served, publisher, adder, deadLetterWriter, locks })
  const deadLetters = new DeadLetters({
    ...place,
    ...revivalOf({
      retryFailed: (job, reset) => host.retryFinishedJob(job as unknown as MinimalJob, 'failed', reset),
      addJob: (job, jobId, parentKeyOpts) => adder.add({ job, jobId, parentKeyOpts }),
      publishWaiting: ids => publisher.publishWaiting(ids),
    }),
  })
  const emptier = new QueueEmptier({ ...place, clocks: adder.clocks })
  return { publisher, adding, adder, deadLetters, deadLetterWriter, emptier, worker }
}

function attachedWorker(
  host: BackendHost,
  place: QueuePlace,
  options: Partial<WorkerOptions>,
  parts: {
    served: ServedWorker
    publisher: JobPublisher
    adder: JobAdder
    deadLetterWriter: DeadLetterWriter
    locks: { lockDurationMs: number; extendLock: BackendHost['extendLock'] }
  },
): AttachedWorker {
  return new AttachedWorker({
    ...place,
    ...parts.locks,
    worker: parts.served,
    workerOptions: options as WorkerOptions,
    publisher: parts.publisher,
    deadLetters: parts.deadLetterWriter,
    waitForMarker: timeoutMs => host.waitForMarker(timeoutMs),
    countWaiting: () => host.countWaiting(),
    addJob: (job, jobId) => parts.adder.add({ job, jobId }),
    isClosing: () => host.isClosing(),
    errorOf: (code, jobId, step) => host.errorOf(code, jobId, step),
    onError: error => host.onError(error),
  })
}

function unreadMessages(host: BackendHost, { broker, topology }: QueuePlace): UnreadMessages {
  return new UnreadMessages({
    broker,
    topology,
    countWaiting: () => host.countWaiting(),
    hasWorkers: async () => {
      const name = ` name=${host.clientName()}`
      const lists = await host.getClientList()
      return lists.some(list => list.includes(`${name} `) || list.includes(`${name}:w:`))
    },
    onError: error => host.onError(error),
  })
}
