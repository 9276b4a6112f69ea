import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { amqpUrl, redisUrl } from '@jackalope/local-servers/testing'
import { type Channel, type ChannelModel, connect } from 'amqplib'
import { type Job, Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { closeConnection } from '../../src/amqp/close.ts'
import { createRabbitmqBackend, type RabbitmqJobsOptions } from '../../src/index.ts'
import { forget, snapshot } from './redis-memory.ts'

const SETTLED_WITHIN_MS = 30_000

export interface Operation {
  do: string
  failures?: number
  delayMs?: number
  index?: number
}

/** What is known of one job, and what may be said of it in the end. */
interface Fate {
  readonly isRecordedAtStart: boolean
  readonly isDelayed: boolean
  /** Where it can still be found for certain. */
  inRedis: boolean
  inRabbitmq: boolean
  /** Removed before it ran, and not brought back by a Redis that forgot so. */
  isRemoved: boolean
  /** It may have been lost, or removed while it ran: nothing is claimed. */
  isUnclaimed: boolean
  /** Redis forgot it before it was added again: RabbitMQ may hold one that is not removed together with the other. */
  hasForgottenTwin: boolean
}

/** A queue with real servers, and the model of it: for each job, whether it must, may or must not have run. */
export class World {
  readonly #prefix = `test-${randomUUID()}`
  readonly #amqpQueue = `${this.#prefix}:jobs`
  readonly #redis = new Redis(redisUrl())
  readonly #queue: Queue
  readonly #fates = new Map<string, Fate>()
  /** Also of jobs that run before their `add` resolves. */
  readonly #runs = new Map<string, number>()
  readonly #connection: ChannelModel
  readonly #admin: Channel
  #workers: Worker[] = []
  #restore: (() => Promise<void>) | undefined
  #knownAtSave = new Set<string>()
  #faults = 0

  static async create(): Promise<World> {
    const connection = await connect(amqpUrl())
    const world = new World(connection, await connection.createChannel())
    // Declares the queue.
    await world.#add({})
    return world
  }

  private constructor(connection: ChannelModel, admin: Channel) {
    this.#connection = connection
    this.#admin = admin
    const options = { connection: { url: redisUrl() }, prefix: this.#prefix }
    this.#queue = new Queue('jobs', options, createRabbitmqBackend({ url: amqpUrl() })) as unknown as Queue
  }

  async perform(operation: Operation): Promise<void> {
    const { index = 0, failures = 0 } = operation
    const attempts = failures + 1
    switch (operation.do) {
      case 'add':
        return this.#add({ attempts }, { failures })
      case 'addPrioritized':
        return this.#add({ attempts, priority: 1 + index }, { failures })
      case 'addLifo':
        return this.#add({ attempts, lifo: true }, { failures })
      case 'addDelayed':
        return this.#add({ delay: operation.delayMs })
      case 'addUnderOwnId':
        return this.#add({ jobId: `own-${index % 5}` })
      case 'addAtStart':
        return this.#add({ attempts, recordOn: 'start' }, { failures })
      case 'addAtStartUnderOwnId':
        return this.#add({ jobId: `own-${index % 5}`, recordOn: 'start' })
      case 'remove':
        return this.#remove(index)
      case 'drain':
        return this.#drain()
      case 'retry':
        return this.#retry(index)
      case 'duplicateMessage':
        return this.#duplicateMessage()
      case 'pause':
        return this.#queue.pause()
      case 'resume':
        return this.#queue.resume()
      case 'startWorker':
        return this.#startWorker()
      case 'stopWorker':
        return this.#workers.pop()?.close()
      case 'flush':
        return this.#flush()
      case 'save':
        return this.#save()
      case 'restore':
        return this.#setBack()
      case 'purge':
        return this.#purge()
    }
  }

  /** Lets everything run that can; tells what went wrong. */
  async settle(): Promise<{ lost: string[]; ghosts: string[]; ranTwiceWithoutFault: string[] }> {
    await this.#queue.resume()
    this.#startWorker()
    await this.#add({})
    const deadline = performance.now() + SETTLED_WITHIN_MS
    while (this.#unfinished().length > 0 && performance.now() < deadline) await delay(20)
    await Promise.all(this.#workers.map(worker => worker.close()))
    this.#workers = []
    const all = [...this.#fates]
    return {
      lost: this.#unfinished(),
      ghosts: all.filter(([id, fate]) => fate.isRemoved && this.#runsOf(id) > 0).map(([id]) => id),
      ranTwiceWithoutFault:
        this.#faults > 0 ? [] : all.filter(([id]) => this.#runsOf(id) > 1).map(([id]) => id),
    }
  }

  async destroy(): Promise<void> {
    await Promise.all(this.#workers.map(worker => worker.close()))
    await this.#queue.close()
    for (const suffix of ['', ':dead', ':parked'])
      await this.#admin.deleteQueue(`${this.#amqpQueue}${suffix}`)
    await this.#admin.deleteExchange(`${this.#amqpQueue}:dead`)
    await closeConnection(this.#connection)
    await forget(this.#redis, this.#amqpQueue)
    this.#redis.disconnect()
  }

  #runsOf(id: string): number {
    return this.#runs.get(id) ?? 0
  }

  #unfinished(): string[] {
    return [...this.#fates]
      .filter(([id, { isRemoved, isUnclaimed }]) => !isRemoved && !isUnclaimed && this.#runsOf(id) === 0)
      .map(([id]) => id)
  }

  async #add(options: RabbitmqJobsOptions, data: object = {}): Promise<void> {
    const { id } = await this.#queue.add('a', data, options)
    const isRecordedAtStart = options.recordOn === 'start'
    const known = this.#fates.get(id as string)
    if (known?.isRecordedAtStart && isRecordedAtStart) {
      // The second job is dropped if Redis has heard of the first, which it need not have before that was drained.
      known.isUnclaimed ||= known.isRemoved
      known.isRemoved = false
      return
    }
    if (known) {
      // A second try under an id of the caller's own: whether it ran before is not followed.
      known.isUnclaimed = true
      known.isRemoved = false
      known.hasForgottenTwin ||= !known.inRedis
      this.#faults += 1
      return
    }
    // In Redis alone are a delayed job until it is due, and others until a worker is about to take them.
    const inRabbitmq = !(options.delay || options.priority || options.lifo)
    this.#fates.set(id as string, {
      isRecordedAtStart,
      isDelayed: options.delay !== undefined,
      inRedis: !isRecordedAtStart,
      inRabbitmq,
      isRemoved: false,
      isUnclaimed: false,
      hasForgottenTwin: false,
    })
  }

  /** Removes all that waits, wherever; what is delayed may be due. */
  async #drain(): Promise<void> {
    await this.#queue.drain()
    for (const [id, fate] of this.#fates) {
      if (this.#runsOf(id) > 0) continue
      if (this.#workers.length > 0 || fate.isDelayed) fate.isUnclaimed = true
      else if (!fate.isUnclaimed) fate.isRemoved = true
    }
  }

  async #remove(index: number): Promise<void> {
    const [id, fate] = this.#pick(index)
    // BullMQ says that it removed a job that it does not know, too.
    if (!(await this.#queue.getJob(id))) return
    const isGone = (await this.#queue.remove(id)) === 1
    if (!isGone) return
    const isWaiting = this.#runsOf(id) === 0 && this.#workers.length === 0
    if (isWaiting && !fate.hasForgottenTwin) fate.isRemoved = true
    else fate.isUnclaimed = true
  }

  async #retry(index: number): Promise<void> {
    const [id] = this.#pick(index)
    const job = await this.#queue.getJob(id)
    // Of a job that has ended meanwhile, or not yet, BullMQ says that it cannot be retried.
    if ((await job?.getState()) !== 'completed') return
    this.#faults += 1
    await job?.retry('completed').catch(() => undefined)
  }

  async #duplicateMessage(): Promise<void> {
    const message = await this.#admin.get(this.#amqpQueue)
    if (!message) return
    this.#admin.publish('', this.#amqpQueue, message.content, message.properties)
    this.#admin.nack(message)
    await this.#admin.checkQueue(this.#amqpQueue)
  }

  #startWorker(): void {
    if (this.#workers.length === 3) return
    const worker = new Worker(
      'jobs',
      job => this.#run(job),
      {
        connection: { url: redisUrl(), maxRetriesPerRequest: null },
        prefix: this.#prefix,
        concurrency: 3,
        lockDuration: 2_000,
        stalledInterval: 1_000,
        maxStalledCount: 10,
      },
      createRabbitmqBackend({ url: amqpUrl() }),
    ) as unknown as Worker
    worker.on('error', () => undefined)
    this.#workers.push(worker)
  }

  async #run(job: Job): Promise<void> {
    if (job.attemptsMade < (job.data.failures ?? 0)) throw new Error('not yet')
    const id = (job.id as string).replace(/-\d{16}$/, '')
    this.#runs.set(id, this.#runsOf(id) + 1)
  }

  async #flush(): Promise<void> {
    this.#faults += 1
    await forget(this.#redis, this.#amqpQueue)
    this.#forgetAll(() => true)
  }

  async #save(): Promise<void> {
    this.#restore = await snapshot(this.#redis, this.#amqpQueue)
    this.#knownAtSave = new Set(this.#fates.keys())
  }

  async #setBack(): Promise<void> {
    if (!this.#restore) return
    this.#faults += 1
    await this.#restore()
    this.#forgetAll(id => !this.#knownAtSave.has(id))
  }

  /** Redis forgot some jobs, and of all that they were removed. */
  #forgetAll(isForgotten: (id: string) => boolean): void {
    for (const [id, fate] of this.#fates) {
      if (fate.isRemoved) {
        fate.isRemoved = false
        fate.isUnclaimed = true
      }
      if (!isForgotten(id)) continue
      fate.inRedis = false
      if (!fate.inRabbitmq) fate.isUnclaimed = true
    }
  }

  async #purge(): Promise<void> {
    this.#faults += 1
    await this.#admin.purgeQueue(this.#amqpQueue)
    for (const fate of this.#fates.values()) {
      fate.inRabbitmq = false
      if (!fate.inRedis) fate.isUnclaimed = true
    }
  }

  #pick(index: number): [id: string, fate: Fate] {
    const all = [...this.#fates]
    return all[index % all.length] as [string, Fate]
  }
}
