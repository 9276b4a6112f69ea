import type { JobJson, WorkerOptions } from 'bullmq'
import type { Broker } from '../amqp/broker.ts'
import { Consumer } from '../amqp/consumer.ts'
import { isUnrecorded, parkedCopy } from '../amqp/message.ts'
import { parkingTopology, type QueueTopology } from '../amqp/topology.ts'
import { DeadLetterTrimmer } from '../dead-letters/dead-letter-trimmer.ts'
import type { DeadLetterWriter } from '../dead-letters/dead-letter-writer.ts'
import { cancellationError } from '../job/cancellation.ts'
import type { JobPublisher } from '../producer/publish-jobs.ts'
import { monotonicMs } from '../real-timers.ts'
import type { LeavingStep } from '../redis/commands/leave-active.ts'
import { keyOf } from '../redis/queue-keys.ts'
import type { QueueState } from '../redis/queue-state.ts'
import type { RedisQueue } from '../redis/redis-queue.ts'
import { Deliveries } from './deliveries.ts'
import { ErrorReporter } from './error-reporter.ts'
import { JobFinisher } from './finish-job.ts'
import { FinishStartBatcher } from './finish-start-batcher.ts'
import { LostMessageWatch } from './lost-message-watch.ts'
import { Maintenance } from './maintenance.ts'
import { JobMover } from './move-job.ts'
import { NextJobSource } from './next-job.ts'
import { PrefetchController } from './prefetch-controller.ts'
import { EligiblePublisher } from './publish-eligible.ts'
import { Pump } from './pump.ts'
import { OutcomeRecorder } from './record-outcome.ts'
import { Recovery } from './recovery/recovery.ts'
import { RunSettler } from './settle-run.ts'
import { JobStarter } from './start-job.ts'
import { Fence } from './takeover/fence.ts'
import { Takeover } from './takeover/takeover.ts'

/** How long outcomes that Redis cannot take are still offered once the worker takes no more jobs, in milliseconds. */
const CLOSING_PATIENCE_MS = 10_000

/** How long after such a delivery more are expected, in milliseconds. */
const LINE_AT_BROKER_MS = 1_000

/** BullMQ's default time of one wait for jobs, and the bounds within which its option `drainDelay` counts, in seconds. With a
 *  longer one BullMQ has seen commands that never end. */
const DRAIN_DELAY = { default: 5, least: 1, most: 10 } as const

/** What is known of the BullMQ Worker that a backend serves. */
export interface ServedWorker {
  /** Jobs that run at once; may change. */
  readonly concurrency: number
  /** Whether the worker fetches jobs by itself; if not, somebody calls `getNextJob`. */
  isRunning(): boolean
  /** Aborts the signal of a job that the worker runs. */
  cancelJob(id: string, reason: Error): unknown
  /** Emits `stalled`. Missing when the backend knows the worker's options alone. */
  emitStalled?(jobId: string): unknown
}

export interface AttachedWorkerOptions {
  worker: ServedWorker
  workerOptions: WorkerOptions
  broker: Broker
  topology: QueueTopology
  queue: RedisQueue
  publisher: JobPublisher
  deadLetters: DeadLetterWriter
  lockDurationMs: number
  extendLock: (jobId: string, token: string, durationMs: number) => Promise<number>
  /** Waits for BullMQ's marker, for that long at most. */
  waitForMarker: (timeoutMs: number) => Promise<void>
  /** Asks Redis how many jobs may start: in wait, prioritized, or delayed and due. */
  countWaiting: () => Promise<number>
  /** Adds a job that may not run at once. */
  addJob: (job: JobJson, id: string) => Promise<unknown>
  isClosing: () => boolean
  /** BullMQ's error for a negative result. */
  errorOf: (code: number, jobId: string, step: LeavingStep) => Error
  onError: (error: Error) => void
}

/** What a backend does for the one BullMQ Worker that it is attached to. This file only composes: `start-job.ts` tells how a
 *  job starts, `finish-job.ts` how it ends, `publish-eligible.ts` how it gets to the broker. */
export class AttachedWorker {
  /** How a job ends. */
  readonly finisher: JobFinisher
  /** How a job leaves active without an end. */
  readonly mover: JobMover
  /** Where the worker's next job comes from. */
  readonly nextJobs: NextJobSource
  /** Tells which runs may still report. */
  readonly fence = new Fence()
  readonly #worker: ServedWorker
  readonly #deliveries = new Deliveries(() => this.#consumer.noteAsked())
  readonly #consumer: Consumer
  readonly #prefetch: PrefetchController
  readonly #runs: RunSettler
  readonly #takeover: Takeover
  readonly #pump: Pump
  readonly #trimmer: DeadLetterTrimmer
  /** Jobs in wait and prioritized, as Redis last told. */
  #waiting: number | undefined
  /** When a job was last delivered that nobody had recorded, by `monotonicMs`. */
  #unrecordedAt = Number.NEGATIVE_INFINITY
  /** Jobs taken over since the last check for stalled jobs, which the worker has not heard of. */
  readonly #takenOver: string[] = []

  constructor(options: AttachedWorkerOptions) {
    const { worker, workerOptions, broker, topology, queue, publisher, onError } = options
    const reporter = new ErrorReporter(onError)
    const report = (error: Error) => reporter.report(error)
    const deliveries = this.#deliveries
    const fence = this.fence
    const watch = new LostMessageWatch()
    // While a worker is being made it does not know its own concurrency.
    const concurrency = () => worker.concurrency ?? workerOptions.concurrency ?? 1
    const onState = (state: QueueState) => this.noteState(state)
    this.#worker = worker

    // What the broker delivers.
    this.#consumer = new Consumer(broker, topology, {
      prefetch: concurrency(),
      isAsked: () => deliveries.askerCount > 0,
      onDelivery: delivery => {
        watch.noteDelivery()
        if (isUnrecorded(delivery)) this.#unrecordedAt = monotonicMs()
        this.#pump.noteDelivery()
        deliveries.receive(delivery)
        this.#prefetch.noteDelivery()
      },
      onChannelLost: () => {
        deliveries.takeUnstarted()
        this.#takeover.interrupt()
      },
      onError,
    })
    this.#takeover = new Takeover({
      queue,
      isRunning: jobId => deliveries.isRunning(jobId),
      retry: delivery => deliveries.receive(delivery),
      park: (delivery, ms) => broker.publisher.publish(parkingTopology(topology), parkedCopy(delivery, ms)),
      onError: report,
    })
    this.#prefetch = new PrefetchController({
      consumer: this.#consumer,
      deliveries,
      concurrency,
      takeover: this.#takeover,
      callMs: () => batcher.callMs,
    })

    // How a job starts, and how it ends.
    const batcher = new FinishStartBatcher({ queue, settings: workerOptions, concurrency, onState })
    const starter = new JobStarter({
      queue,
      settings: workerOptions,
      deliveries,
      batcher,
      takeover: this.#takeover,
      recovery: new Recovery({
        queue,
        publish: message => broker.publisher.publish(topology, message),
        addJob: options.addJob,
      }),
      watch,
      fence,
      onStalled: id => this.#noteTakenOver(id),
    })
    this.nextJobs = new NextJobSource({
      deliveries,
      starter,
      open: () => this.#open(),
      waiting: () => this.#countStartable(),
      countWaiting: options.countWaiting,
      callMs: () => batcher.callMs,
      isWorkerRunning: () => worker.isRunning(),
      isClosing: options.isClosing,
      onError: report,
    })
    this.#runs = new RunSettler({ deliveries, fence, onRunEnded: ranMs => this.#prefetch.noteRun(ranMs) })
    const outcomes = new OutcomeRecorder({
      client: () => queue.client(),
      lockDurationMs: options.lockDurationMs,
      extendLock: options.extendLock,
      isClosing: () => options.isClosing() || deliveries.interruptedMs > CLOSING_PATIENCE_MS,
      onError: report,
    })
    this.mover = new JobMover({
      queue,
      outcomes,
      runs: this.#runs,
      publishWaiting: ids => publisher.publishWaiting(ids),
      onState,
      errorOf: options.errorOf,
    })
    this.finisher = new JobFinisher({
      deadLetters: options.deadLetters,
      nextJobs: this.nextJobs,
      batcher,
      outcomes,
      runs: this.#runs,
      mover: this.mover,
      fence,
      errorOf: (code, jobId) => options.errorOf(code, jobId, 'moveToFinished'),
      hasFinished: async (jobId, finishedOn) => {
        const jobKey = `${keyOf(queue.keys, '')}${jobId}`
        return (await (await queue.client()).hget(jobKey, 'finishedOn')) === String(finishedOn)
      },
      onError: report,
    })

    // What gets waiting jobs to the broker, and what is looked after once a second.
    const eligible = new EligiblePublisher({
      queue,
      deliveries,
      freePrefetch: () => this.#prefetch.free,
      hasLineAtBroker: () => this.#hasLineAtBroker,
      publish: jobs => publisher.publish(jobs),
    })
    const maintenance = new Maintenance({
      queue,
      consumer: this.#consumer,
      deliveries,
      presence: this.#takeover.presence,
      watch,
      areJobsWaiting: () => eligible.waiting > 0,
      runs: this.#runs,
      publish: jobs => publisher.publish(jobs),
      onCanceled: (id, failure) => worker.cancelJob(id, cancellationError(failure)),
    })
    this.#pump = new Pump({
      waitForMarker: options.waitForMarker,
      publishEligible: () => eligible.run(),
      tick: () => maintenance.run(),
      isQuiet: () => watch.isCalm && eligible.waiting + deliveries.size + this.#takeover.size === 0,
      quietTickMs: quietTickMs(workerOptions),
      onError: report,
    })
    this.#trimmer = new DeadLetterTrimmer({ broker, topology, queue, onWarning: onError })
  }

  /** Whether the worker is not about to close. */
  get isTaking(): boolean {
    return !this.#deliveries.isInterrupted
  }

  /** The connection to Redis is ready, for the first time or again. */
  onRedisReady(): void {
    this.#takeover.presence.onConnected()
  }

  /** A step of Redis has told of the queue. */
  noteState({ needsPump, waiting }: QueueState): void {
    this.#waiting = waiting
    if (needsPump) this.#pump.wake()
  }

  /** A job that runs here has lost its lock. */
  onLockLost(jobId: string): void {
    this.#runs.requeueLost(jobId)
  }

  /** BullMQ's check has put stalled jobs back into wait.
   *  @returns the jobs of which the worker is to say that they have stalled */
  onStalled(jobIds: string[]): string[] {
    if (jobIds.length > 0) this.#pump.wake()
    for (const jobId of jobIds) this.#runs.requeueLost(jobId)
    return [...jobIds, ...this.#takenOver.splice(0)]
  }

  /** Takes no further jobs, and requeues what has not started. Running jobs go on. */
  async pause(): Promise<void> {
    this.#deliveries.interrupt()
    this.#prefetch.stop()
    await this.#consumer.stop()
    // After the consumers are canceled: a requeued message would come back to one that has room.
    for (const delivery of [...this.#deliveries.takeUnstarted(), ...this.#takeover.interrupt()])
      delivery.requeue()
  }

  resume(): void {
    this.#deliveries.resume()
  }

  async close(): Promise<void> {
    this.#pump.stop()
    await this.pause()
    await Promise.all([this.#consumer.close(), this.#trimmer.close()])
  }

  /** Whether the broker has lately delivered a job that nobody had recorded: more may wait there, of which Redis knows nothing. */
  get #hasLineAtBroker(): boolean {
    return monotonicMs() - this.#unrecordedAt < LINE_AT_BROKER_MS
  }

  /** Jobs that may start, as far as is known; those at the broker count as one. */
  #countStartable(): number | undefined {
    if (!this.#hasLineAtBroker) return this.#waiting
    return (this.#waiting ?? 0) + 1
  }

  async #open(): Promise<void> {
    if (this.#deliveries.isInterrupted) return
    this.#pump.start()
    this.#trimmer.start()
    await this.#consumer.start()
    await this.#prefetch.noteAsked()
  }

  #noteTakenOver(jobId: string): void {
    if (this.#worker.emitStalled) this.#worker.emitStalled(jobId)
    else this.#takenOver.push(jobId)
  }
}

/** How often to look at a quiet queue: as often as a worker of BullMQ's. */
function quietTickMs({ drainDelay = DRAIN_DELAY.default }: WorkerOptions): number {
  return Math.min(Math.max(drainDelay, DRAIN_DELAY.least), DRAIN_DELAY.most) * 1_000
}
