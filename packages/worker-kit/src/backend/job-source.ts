import type { JobJson, KeysMap, RedisClient, WorkerOptions } from 'bullmq'
import type { Broker } from '../amqp/broker.ts'
import { Consumer, type Delivery } from '../amqp/consumer.ts'
import { parkedCopy } from '../amqp/message.ts'
import { parkingTopology, type QueueTopology } from '../amqp/topology.ts'
import { Credit } from './credit.ts'
import { earlyDelivery } from './early-delivery.ts'
import { type EligibleJob, parseEligibleJobs, parseJobHash } from './eligible-jobs.ts'
import { Intake, type Wakeup } from './intake.ts'
import { LostMessageWatch } from './lost-message-watch.ts'
import { Pump } from './pump.ts'
import { keyOf } from './queue-keys.ts'
import { Recovery } from './recovery/recovery.ts'
import { Rounds, type StaleReason } from './rounds.ts'
import { runScript, scripts } from './scripts.ts'
import { Takeover } from './takeover/takeover.ts'

/** BullMQ's answer to "what is next": job, id, milliseconds of a rate limit, time of the next delayed job. */
export type NextJob = [job: object | null, id: string | undefined, rateLimitMs: number, delayUntil: number]

/** How soon a worker asks again when as many jobs as allowed run elsewhere, in milliseconds: their end tells nobody. */
const MAXED_RETRY_MS = 50

/** Ids that the pump looks at in each place. */
const PUMP_REACH = 100

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
  publish: (jobs: EligibleJob[]) => Promise<void>
  /** A job was taken over from a worker that is gone: it has stalled. */
  onTakenOver: (id: string) => void
  /** Adds a job that cannot run yet. */
  add: (job: JobJson, id: string) => Promise<unknown>
  onError: (error: Error) => void
}

/** Where a worker's jobs come from: it consumes the queue, decides which delivery may start its job (R2),
 *  settles deliveries (R3) and keeps the broker supplied (R5, R6). */
export class JobSource {
  readonly #options: JobSourceOptions
  readonly #intake = new Intake()
  readonly #watch = new LostMessageWatch()
  readonly #credit: Credit
  readonly #consumer: Consumer
  readonly #rounds: Rounds
  readonly #pump: Pump
  readonly #takeover: Takeover
  readonly #recovery: Recovery
  readonly #leaving = new Set<string>()
  #waiting: number | undefined
  #pumpCursor = PUMP_REACH

  constructor(options: JobSourceOptions) {
    this.#options = options
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
    this.#recovery = new Recovery({
      redis: options.redis,
      keys: options.keys,
      publish: message => options.broker.publisher.publish(options.topology, message),
      add: options.add,
    })
    this.#pump = new Pump({
      waitForMarker: options.waitForMarker,
      publishEligible: () => this.#publishEligible(),
      tick: () => this.#tick(),
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
      const outcome = await this.#start(delivery, token)
      if (outcome) return outcome
    }
  }

  /** Ends a running job, in the next round.
   *  @param args - BullMQ's of `moveToFinished` */
  end(args: unknown[]): Promise<number> {
    return this.#rounds.end(args)
  }

  /** Runs a step that takes a running job out of active; then acknowledges its delivery.
   *  @param left - whether the step did so; without it every step without an error did. */
  async leave<T>(id: string, step: () => Promise<T>, left: (result: T) => boolean = () => true): Promise<T> {
    const delivery = this.#intake.get(id)
    this.#leaving.add(id)
    try {
      const result = await step()
      if (delivery && left(result)) this.#settle(delivery, 'ack')
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

  #settle(delivery: Delivery, how: 'ack' | 'giveBack'): void {
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

  async #start(delivery: Delivery, token: string): Promise<NextJob | undefined> {
    // Only a message that was delivered before can mean that its first receiver is gone.
    if (delivery.redelivered) return this.#activate(delivery, token)
    const { id, stamp } = delivery
    const reply = await this.#rounds.start({ id, stamp, token }).catch(error => {
      delivery.giveBack()
      throw error
    })
    switch (reply[0]) {
      case 'active':
        return this.#onActivation(delivery, ['active', reply[1], id])
      case 'running':
        // It may be the only message of that job: an answer that a job has started can be lost on its way here.
        this.#takeover.consider(delivery)
        return undefined
      default:
        return this.#onActivation(delivery, reply)
    }
  }

  /** Starts a job that may be active already, if whoever ran it is gone. */
  async #activate(delivery: Delivery, token: string): Promise<NextJob | undefined> {
    const { keys, workerOptions } = this.#options
    const key = (keyName: string) => keyOf(keys, keyName)
    const options = {
      token,
      lockDuration: workerOptions.lockDuration,
      limiter: workerOptions.limiter,
      name: workerOptions.name,
    }
    let reply: unknown
    try {
      reply = await runScript(
        await this.#options.redis(),
        scripts.activate,
        [
          ...['wait', 'active', 'prioritized', 'events', 'stalled', 'limiter', 'none', 'paused'].map(key),
          ...['meta', 'pc', 'scratch', 'scratch-set', 'repeat', 'moved-on'].map(key),
        ],
        [
          key(''),
          Date.now(),
          JSON.stringify(options),
          delivery.id,
          delivery.stamp,
          delivery.redelivered ? '1' : '0',
          workerOptions.maxStalledCount ?? 1,
        ],
      )
    } catch (error) {
      delivery.giveBack()
      throw error
    }
    return this.#onActivation(delivery, reply as ActivationReply)
  }

  async #onActivation(delivery: Delivery, reply: ActivationReply): Promise<NextJob | undefined> {
    switch (reply[0]) {
      case 'active':
        this.#watch.noteActivation(delivery.stamp)
        this.#intake.start(delivery)
        if (reply[3] === 'stalled') this.#options.onTakenOver(reply[2])
        return [parseJobHash(reply[1], reply[2]), reply[2], 0, 0]
      case 'blocked':
        this.#intake.putBack(delivery, reply[1] || (reply[2] === 'maxed' ? MAXED_RETRY_MS : undefined))
        return [null, undefined, reply[1], 0]
      case 'locked':
        this.#takeover.consider(delivery)
        // Where one worker died the other messages that come again are likely its, too: one look is for all of them.
        for (const other of this.#intake.takeRedelivered()) this.#takeover.consider(other)
        return undefined
      case 'stale':
        return this.#onStale(delivery, reply[1])
    }
  }

  /** Not the current delivery of its job: a copy of no use, unless Redis lost the job or never knew it (R7). */
  async #onStale(delivery: Delivery, reason: StaleReason): Promise<undefined> {
    if (reason === 'not waiting' || reason === 'already active') {
      delivery.ack()
      return
    }
    const recorded = await this.#recovery.judge(delivery)
    if (recorded) this.#intake.receive(recorded)
  }

  async #publishEligible(): Promise<number | undefined> {
    try {
      return await this.#publishRounds()
    } finally {
      // After that, so that what must overtake the deliveries that are kept is in front of them.
      this.#intake.unblock()
    }
  }

  async #publishRounds(): Promise<number | undefined> {
    const key = (keyName: string) => keyOf(this.#options.keys, keyName)
    for (;;) {
      const freeCredit = this.#freeCredit
      const lifoCredit = Math.max(freeCredit, this.#intake.isNextEarly ? 0 : 1)
      const reply = await runScript(
        await this.#options.redis(),
        scripts.pump,
        [
          ...['wait', 'active', 'prioritized', 'events', 'stalled', 'limiter', 'delayed', 'paused'].map(key),
          ...['scratch', 'pc', 'marker', 'clock', 'moved-on', 'meta'].map(key),
        ],
        [key(''), Date.now(), PUMP_REACH, this.#pumpCursor, freeCredit, lifoCredit],
      )
      const [rawJobs, nextDelayed, cursor] = reply as [unknown, string, number]
      this.#pumpCursor = cursor
      const jobs = parseEligibleJobs(rawJobs)
      if (jobs.length === 0) return nextDelayed === '' ? undefined : Number(nextDelayed)
      const published = this.#options.publish(jobs)
      for (const job of jobs.filter(({ isNext }) => isNext).toReversed())
        this.#intake.receiveEarly(earlyDelivery(job))
      await published
    }
  }

  /** How many more jobs could start here. */
  get #freeCredit(): number {
    return Math.max(0, this.#credit.slots - this.#intake.size - this.#takeover.size)
  }

  async #tick(): Promise<void> {
    await this.#takeover.presence.renew()
    await this.#dropSuperseded()
    const { suspicions, isDeaf } = this.#watch.tick(this.#consumer.hasFreeCredit)
    if (isDeaf) await this.#consumer.reopen()
    for (const suspicion of suspicions) {
      const key = (keyName: string) => keyOf(this.#options.keys, keyName)
      const reply = await runScript(
        await this.#options.redis(),
        scripts.oldest,
        ['wait', 'active', 'meta'].map(key),
        [
          key(''),
          suspicion.count,
          'before' in suspicion ? suspicion.before : '',
          'before' in suspicion ? '' : suspicion.olderThanMicros,
        ],
      )
      const jobs = parseEligibleJobs(reply)
      if (jobs.length === 0) continue
      await this.#options.publish(jobs)
      if ('olderThanMicros' in suspicion) this.#watch.notePublishedAgain()
    }
  }

  /** Frees the slots of running deliveries whose job was taken over, removed or moved on. */
  async #dropSuperseded(): Promise<void> {
    const running = this.#intake.running().filter(delivery => !this.#leaving.has(delivery.id))
    if (running.length === 0) return
    const prefix = keyOf(this.#options.keys, '')
    const superseded = (await runScript(
      await this.#options.redis(),
      scripts.superseded,
      [keyOf(this.#options.keys, 'wait'), keyOf(this.#options.keys, 'clock')],
      [prefix, ...running.flatMap(({ id, stamp }) => [id, stamp])],
    )) as string[]
    for (const delivery of running)
      if (superseded.includes(delivery.id) && !this.#leaving.has(delivery.id))
        this.#intake.finish(delivery)?.delivery.ack()
  }
}

type ActivationReply =
  | ['active', hash: string[], id: string, stalled?: string]
  | ['blocked', rateLimitMs: number, reason: 'limited' | 'maxed' | 'paused']
  | ['locked', lockMs: number]
  | ['stale', reason: StaleReason]

/** BullMQ's codes for a job that is gone, or no longer this worker's: missing, without lock, not active, locked by another. */
function isOwnershipLost(error: unknown): boolean {
  return [-1, -2, -3, -6].includes((error as { code?: number }).code ?? 0)
}
