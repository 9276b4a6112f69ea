import type { JobJson, KeysMap, RedisClient, WorkerOptions } from 'bullmq'
import type { Broker } from '../amqp/broker.ts'
import { Consumer, type Delivery } from '../amqp/consumer.ts'
import { parkedCopy } from '../amqp/message.ts'
import { parkingTopology, type QueueTopology } from '../amqp/topology.ts'
import type { StampedJob } from '../redis/stamped-job.ts'
import { Credit } from './credit.ts'
import { EligiblePublisher } from './eligible-publisher.ts'
import { Intake, type Wakeup } from './intake.ts'
import { LostMessageWatch } from './lost-message-watch.ts'
import { Pump } from './pump.ts'
import { Recovery } from './recovery/recovery.ts'
import { Rounds } from './rounds.ts'
import { type NextJob, Starting } from './starting.ts'
import { Takeover } from './takeover/takeover.ts'
import { Upkeep } from './upkeep.ts'

export interface JobSourceOptions {
  broker: Broker
  topology: QueueTopology
  keys: KeysMap
  workerOptions: WorkerOptions
  /** How many jobs the worker runs at once; may change. */
  concurrency: () => number
  redis: () => Promise<RedisClient>
  /** Waits for BullMQ's marker, for that long at most. */
  waitForMarker: (timeoutMs: number) => Promise<void>
  publish: (jobs: StampedJob[]) => Promise<void>
  /** A job was taken over from a worker that is gone: it has stalled. */
  onTakenOver: (id: string) => void
  /** A job that runs here was canceled; said again until it has ended. */
  onCanceled: (id: string, failure: string) => void
  /** Adds a job that cannot run yet. */
  add: (job: JobJson, id: string) => Promise<unknown>
  onError: (error: Error) => void
}

/** What becomes of a delivery: the broker forgets it, or hands it to the next worker, or its job goes on running here. */
export type Settling = 'ack' | 'giveBack' | 'keep'

/** Where a worker's jobs come from: it consumes the queue, decides which delivery may start its job (R2),
 *  settles deliveries (R3) and keeps the broker supplied (R5, R6). */
export class JobSource {
  readonly #intake = new Intake()
  readonly #watch = new LostMessageWatch()
  readonly #credit: Credit
  readonly #consumer: Consumer
  readonly #rounds: Rounds
  readonly #pump: Pump
  readonly #takeover: Takeover
  readonly #starting: Starting
  readonly #leaving = new Set<string>()
  #waiting: number | undefined

  constructor(options: JobSourceOptions) {
    this.#rounds = new Rounds({ ...options, onRound: queue => this.#onQueueSeen(queue) })
    this.#consumer = new Consumer(options.broker, options.topology, {
      slots: options.concurrency(),
      onDelivery: delivery => {
        this.#watch.noteDelivery()
        this.#intake.receive(delivery)
        this.#credit.noteDelivery()
      },
      onGone: () => {
        this.#intake.takeUnstarted()
        this.#takeover.interrupt()
      },
      onError: options.onError,
    })
    this.#credit = new Credit({
      consumer: this.#consumer,
      intake: this.#intake,
      concurrency: options.concurrency,
      giveBackUnstarted: () => this.#giveBackUnstarted(),
    })
    this.#takeover = new Takeover({
      redis: options.redis,
      keys: options.keys,
      runs: jobId => this.#intake.runs(jobId),
      retry: delivery => this.#intake.receive(delivery),
      park: (delivery, ms) =>
        options.broker.publisher.publish(parkingTopology(options.topology), parkedCopy(delivery, ms)),
      onError: options.onError,
    })
    this.#starting = new Starting({
      ...options,
      rounds: this.#rounds,
      intake: this.#intake,
      watch: this.#watch,
      takeover: this.#takeover,
      recovery: new Recovery({
        redis: options.redis,
        keys: options.keys,
        publish: message => options.broker.publisher.publish(options.topology, message),
        add: options.add,
      }),
    })
    const eligible = new EligiblePublisher({
      ...options,
      intake: this.#intake,
      freeCredit: () => this.#freeCredit,
    })
    const upkeep = new Upkeep({
      ...options,
      consumer: this.#consumer,
      watch: this.#watch,
      running: () => this.#intake.running(),
      drop: delivery => {
        if (!this.#leaving.has(delivery.id)) this.#intake.finish(delivery)?.delivery.ack()
      },
    })
    this.#pump = new Pump({
      waitForMarker: options.waitForMarker,
      publishEligible: () => eligible.run(),
      tick: async () => {
        await this.#takeover.presence.renew()
        await upkeep.run()
      },
      onError: options.onError,
    })
  }

  /** Whether jobs are taken: not while it is paused or closing. */
  get isTaking(): boolean {
    return !this.#intake.isInterrupted
  }

  /** Jobs in wait and prioritized when this worker last ended or started one; `undefined` before. */
  get waiting(): number | undefined {
    return this.#waiting
  }

  /** Jobs that run here. */
  get runningCount(): number {
    return this.#intake.runningCount
  }

  /** The worker asks for a job: starts consuming and pumping, at first. */
  async open(): Promise<void> {
    if (this.#intake.isInterrupted) return
    this.#pump.start()
    await this.#consumer.start()
    await this.#credit.noteAsked()
  }

  /** Waits until a job may be had. */
  wait(timeoutMs: number): Promise<Wakeup> {
    return this.#intake.wait(timeoutMs)
  }

  /** Starts the next job: one that is at hand, or that comes within a time; `undefined` when there is none.
   *  What is at hand is taken at once, and starts in the same round in which jobs end that are ending now. */
  async next(token: string, withinMs = 0): Promise<NextJob | undefined> {
    const { presence } = this.#takeover
    if (!presence.knows(token)) await presence.introduce(token)
    for (;;) {
      const delivery = this.#intake.take() ?? (withinMs > 0 && (await this.#intake.takeWithin(withinMs)))
      if (!delivery) return undefined
      const outcome = await this.#starting.start(delivery, token)
      if (outcome) return outcome
    }
  }

  /** Ends a running job, in the next round.
   *  @param args - BullMQ's of `moveToFinished` */
  end(args: unknown[]): Promise<number> {
    return this.#rounds.end(args)
  }

  /** Runs a step that takes a running job out of active; then settles its delivery.
   *  @param afterwards - what becomes of the delivery. @default it is acknowledged */
  async leave<T>(
    id: string,
    step: () => Promise<T>,
    afterwards: (result: T) => Settling = () => 'ack',
  ): Promise<T> {
    const delivery = this.#intake.get(id)
    this.#leaving.add(id)
    try {
      const result = await step()
      const how = afterwards(result)
      if (delivery && how !== 'keep') this.#settle(delivery, how)
      return result
    } catch (error) {
      // Whose job it is now is decided by its stamp when the broker delivers the message again.
      if (delivery && isOwnershipLost(error)) this.#settle(delivery, 'giveBack')
      throw error
    } finally {
      this.#leaving.delete(id)
      // A finished job may have made room under a global concurrency.
      this.#intake.unblock()
    }
  }

  /** A job that runs here has lost its lock: whoever gets its message next may start it. */
  disown(id: string): void {
    const delivery = this.#intake.get(id)
    if (delivery && !this.#leaving.has(id)) this.#intake.finish(delivery)?.delivery.giveBack()
  }

  /** The connection to Redis is ready, for the first time or again. */
  onRedisReady(): void {
    this.#takeover.presence.onConnected()
  }

  /** What a step has told of the queue. */
  noteQueue(queue: { needsPump: boolean; waiting: number }): void {
    this.#onQueueSeen(queue)
  }

  wakePump(): void {
    this.#pump.wake()
  }

  /** Takes no further jobs and gives back what has not started. Running jobs go on. */
  async pause(): Promise<void> {
    this.#intake.interrupt()
    this.#credit.stop()
    await this.#consumer.stop()
    this.#giveBackUnstarted()
  }

  resume(): void {
    this.#intake.resume()
  }

  async close(): Promise<void> {
    this.#pump.stop()
    await this.pause()
    await this.#consumer.close()
  }

  #onQueueSeen({ needsPump, waiting }: { needsPump: boolean; waiting: number }): void {
    this.#waiting = waiting
    if (needsPump) this.#pump.wake()
  }

  #settle(delivery: Delivery, how: Exclude<Settling, 'keep'>): void {
    const run = this.#intake.finish(delivery)
    const current = run?.delivery ?? delivery
    current[how]()
    if (run) this.#credit.noteRun(run.ranMs)
  }

  /** While no subscription is in force: what is given back to one that has room comes again at once. */
  #giveBackUnstarted(): void {
    const unstarted = [...this.#intake.takeUnstarted(), ...this.#takeover.interrupt()]
    for (const delivery of unstarted) delivery.giveBack()
  }

  /** How many more jobs could start here. */
  get #freeCredit(): number {
    return Math.max(0, this.#credit.slots - this.#intake.size - this.#takeover.size)
  }
}

/** BullMQ's codes for a job that is gone, or no longer this worker's: missing, without lock, not active, locked by another. */
function isOwnershipLost(error: unknown): boolean {
  return [-1, -2, -3, -6].includes((error as { code?: number }).code ?? 0)
}
