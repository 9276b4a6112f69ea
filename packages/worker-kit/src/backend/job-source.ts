import type { JobJson, KeysMap, RedisClient, WorkerOptions } from 'bullmq'
import type { Broker } from '../amqp/broker.ts'
import { Consumer, type Delivery } from '../amqp/consumer.ts'
import { parkedCopy } from '../amqp/message.ts'
import { parkingTopology, type QueueTopology } from '../amqp/topology.ts'
import { type EligibleJob, parseEligibleJobs, parseJobHash } from './eligible-jobs.ts'
import { Intake, type Wakeup } from './intake.ts'
import { LostMessageWatch } from './lost-message-watch.ts'
import { Pump } from './pump.ts'
import { keyOf } from './queue-keys.ts'
import { Recovery } from './recovery/recovery.ts'
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
  redis: () => Promise<RedisClient>
  /** Waits for BullMQ's marker, for that long at most. */
  waitForMarker: (timeoutMs: number) => Promise<void>
  publish: (jobs: EligibleJob[]) => Promise<void>
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
  readonly #consumer: Consumer
  readonly #pump: Pump
  readonly #takeover: Takeover
  readonly #recovery: Recovery
  readonly #leaving = new Set<string>()
  readonly #concurrency: number
  #pumpCursor = PUMP_REACH

  constructor(options: JobSourceOptions) {
    this.#options = options
    this.#concurrency = options.workerOptions.concurrency ?? 1
    this.#consumer = new Consumer(options.broker, options.topology, {
      prefetch: this.#concurrency,
      onDelivery: delivery => {
        this.#watch.noteDelivery()
        if (this.#intake.isInterrupted) delivery.giveBack()
        else this.#intake.receive(delivery)
      },
      onGone: () => {
        this.#intake.dropUnstarted()
        this.#takeover.interrupt()
      },
      onError: options.onError,
    })
    this.#takeover = new Takeover({
      redis: options.redis,
      keys: options.keys,
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

  /** Starts consuming and pumping, when first asked for a job. */
  async ensureStarted(): Promise<void> {
    if (this.#intake.isInterrupted) return
    this.#pump.start()
    await this.#consumer.start()
  }

  /** Waits until a job may be had. */
  wait(timeoutMs: number): Promise<Wakeup> {
    return this.#intake.wait(timeoutMs)
  }

  /** Starts the next job that is at hand; `undefined` when none is. */
  async next(token: string, workerName: string | undefined): Promise<NextJob | undefined> {
    const { presence } = this.#takeover
    if (!presence.knows(token)) await presence.introduce(token)
    for (let delivery = this.#intake.take(); delivery; delivery = this.#intake.take()) {
      const outcome = await this.#activate(delivery, token, workerName)
      if (outcome) return outcome
    }
    return undefined
  }

  /** Runs a step that takes a running job out of active; then acknowledges its delivery.
   *  @param left - whether the step did so; without it every step without an error did. */
  async leave<T>(id: string, step: () => Promise<T>, left: (result: T) => boolean = () => true): Promise<T> {
    this.#leaving.add(id)
    try {
      const result = await step()
      if (left(result)) this.#intake.finish(id)?.ack()
      return result
    } catch (error) {
      // Whose job it is now is decided by its stamp when the broker delivers the message again.
      if (isOwnershipLost(error)) this.#intake.finish(id)?.giveBack()
      throw error
    } finally {
      this.#leaving.delete(id)
      // A finished job may have made room under a global concurrency.
      this.#intake.unblock()
    }
  }

  /** A job that runs here has lost its lock: whoever gets its message next may start it. */
  disown(id: string): void {
    if (!this.#leaving.has(id)) this.#intake.finish(id)?.giveBack()
  }

  /** The connection to Redis is ready, for the first time or again. */
  onRedisReady(): void {
    this.#takeover.presence.onConnected()
  }

  wakePump(): void {
    this.#pump.wake()
  }

  /** Takes no further jobs and gives back what has not started. Running jobs go on. */
  async pause(): Promise<void> {
    const unstarted = [...this.#intake.interrupt(), ...this.#takeover.interrupt()]
    await this.#consumer.stop()
    for (const delivery of unstarted) delivery.giveBack()
  }

  resume(): void {
    this.#intake.resume()
  }

  async close(): Promise<void> {
    this.#pump.stop()
    await this.pause()
    await this.#consumer.close()
  }

  async #activate(delivery: Delivery, token: string, name?: string): Promise<NextJob | undefined> {
    const { keys, workerOptions } = this.#options
    const key = (keyName: string) => keyOf(keys, keyName)
    const options = {
      token,
      lockDuration: workerOptions.lockDuration,
      limiter: workerOptions.limiter,
      name,
    }
    let reply: unknown
    try {
      reply = await runScript(
        await this.#options.redis(),
        scripts.activate,
        [
          ...['wait', 'active', 'prioritized', 'events', 'stalled', 'limiter', 'none', 'paused'].map(key),
          ...['meta', 'pc', 'scratch', 'scratch-set', 'repeat'].map(key),
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
        return [parseJobHash(reply[1], reply[2]), reply[2], 0, 0]
      case 'blocked':
        this.#intake.putBack(delivery, reply[1] || (reply[2] === 'maxed' ? MAXED_RETRY_MS : undefined))
        return [null, undefined, reply[1], 0]
      case 'locked':
        this.#takeover.consider(delivery, reply[1])
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
    const key = (keyName: string) => keyOf(this.#options.keys, keyName)
    this.#intake.unblock()
    for (;;) {
      const reply = await runScript(
        await this.#options.redis(),
        scripts.pump,
        [
          ...['wait', 'active', 'prioritized', 'events', 'stalled', 'limiter', 'delayed', 'paused'].map(key),
          ...['scratch', 'pc', 'marker', 'clock'].map(key),
        ],
        [key(''), Date.now(), PUMP_REACH, this.#pumpCursor, this.#freeCredit],
      )
      const [rawJobs, nextDelayed, cursor] = reply as [unknown, string, number]
      this.#pumpCursor = cursor
      const jobs = parseEligibleJobs(rawJobs)
      if (jobs.length === 0) return nextDelayed === '' ? undefined : Number(nextDelayed)
      await this.#options.publish(jobs)
    }
  }

  /** How many more deliveries the broker may hand out. */
  get #freeCredit(): number {
    return Math.max(0, this.#concurrency - this.#intake.size - this.#takeover.size)
  }

  async #tick(): Promise<void> {
    await this.#takeover.presence.renew()
    await this.#dropSuperseded()
    const hasFreeCredit = this.#consumer.isConsuming && this.#freeCredit > 0
    const { suspicions, isDeaf } = this.#watch.tick(hasFreeCredit)
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
    for (const id of superseded) if (!this.#leaving.has(id)) this.#intake.finish(id)?.ack()
  }
}

type ActivationReply =
  | ['active', hash: string[], id: string]
  | ['blocked', rateLimitMs: number, reason: 'limited' | 'maxed' | 'paused']
  | ['locked', lockMs: number]
  | ['stale', reason: StaleReason]

type StaleReason = 'removed' | 'unstamped' | 'superseded' | 'not waiting' | 'already active'

/** BullMQ's codes for a job that is gone, or no longer this worker's: missing, without lock, not active, locked by another. */
function isOwnershipLost(error: unknown): boolean {
  return [-1, -2, -3, -6].includes((error as { code?: number }).code ?? 0)
}
