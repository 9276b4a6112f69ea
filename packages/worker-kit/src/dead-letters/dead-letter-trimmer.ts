import type { Broker } from '../amqp/broker.ts'
import type { QueueTopology } from '../amqp/topology.ts'
import { WorkerKitError } from '../errors.ts'
import { delay, monotonicMs } from '../real-timers.ts'
import { keyOf } from '../redis/queue-keys.ts'
import type { RedisQueue } from '../redis/redis-queue.ts'
import { withTimeLimit } from '../time-limit.ts'
import { writtenAt } from './dead-letter-message.ts'
import type { DeadLetterReader } from './dead-letter-reader.ts'
import { readDeadLetterQueue } from './read-dead-letter-queue.ts'

/** How often the fleet counts a queue's dead letters, in milliseconds. */
const COUNT_INTERVAL_MS = 5_000

/** Longest time between two looks at their ages, in milliseconds. A look reads the whole queue. */
const LONGEST_AGE_INTERVAL_MS = 24 * 3_600_000

/** How often the fleet looks at ages within the longest age. */
const AGE_INTERVALS = 20

/** Part of a bound at which a warning is given. */
const WARNING_AT = 0.8

/** How often a warning of one kind is repeated, in milliseconds. */
const WARNING_INTERVAL_MS = 3_600_000

/** How long `close` waits for a check that runs, in milliseconds. */
const CLOSE_PATIENCE_MS = 2_000

/** Codes of errors that the next check overcomes, and that somebody else tells. */
const EXPECTED_CODES: unknown[] = ['ERR_CONNECT', 'ERR_CLOSED', 'ERR_DEAD_LETTERS_BUSY']

export interface DeadLetterTrimmerOptions {
  broker: Broker
  topology: QueueTopology
  queue: RedisQueue
  /** Gets `ERR_DEAD_LETTERS_BOUND`, once an hour for each kind of warning, and errors of the trimming itself. */
  onWarning: (error: Error) => void
  /** How often to count, in milliseconds. @default 5_000 */
  countIntervalMs?: number
  /** How often to look at ages, in milliseconds. @default a twentieth of the longest age, 1 day at most */
  ageIntervalMs?: number
}

/** Keeps the dead letters of one queue within their bound: removes the oldest beyond it, and warns before. All workers of a
 *  queue run one; a key in Redis lets one of them at a time check, and the reader's lock keeps others out meanwhile. */
export class DeadLetterTrimmer {
  readonly #options: DeadLetterTrimmerOptions
  readonly #closing = new AbortController()
  readonly #warnedAt = new Map<string, number>()
  #removed = 0
  #running: Promise<void> | undefined

  constructor(options: DeadLetterTrimmerOptions) {
    this.#options = options
  }

  /** Begins to check, if there is a bound; the first time after the interval of counts. */
  start(): void {
    const { maxCount, maxAgeMs } = this.#options.topology.deadLetterBound ?? {}
    if (maxCount !== undefined || maxAgeMs !== undefined) this.#running ??= this.#run()
  }

  /** Ends checking. Waits for a check that runs, for 2 seconds at most. */
  async close(): Promise<void> {
    this.#closing.abort()
    if (this.#running) await withTimeLimit(this.#running, CLOSE_PATIENCE_MS, () => undefined)
  }

  async #run(): Promise<void> {
    const { countIntervalMs = COUNT_INTERVAL_MS } = this.#options
    const { signal } = this.#closing
    while (!signal.aborted) {
      await delay(countIntervalMs, undefined, { signal, ref: false }).catch(() => undefined)
      if (signal.aborted) return
      await this.#check(countIntervalMs).catch(error => {
        if (!signal.aborted && !EXPECTED_CODES.includes(error?.code)) this.#warn('error', error)
      })
    }
  }

  async #check(countIntervalMs: number): Promise<void> {
    const { maxCount, maxAgeMs } = this.#options.topology.deadLetterBound ?? {}
    if (maxCount !== undefined)
      await this.#whenDue(`count:${maxCount}`, countIntervalMs, () => this.#checkCount(maxCount))
    if (maxAgeMs === undefined) return
    const { ageIntervalMs = Math.min(maxAgeMs / AGE_INTERVALS, LONGEST_AGE_INTERVAL_MS) } = this.#options
    await this.#whenDue(`age:${maxAgeMs}`, Math.ceil(ageIntervalMs), () => this.#checkAges(maxAgeMs))
  }

  /** Checks if nobody has checked this bound for so long. Two workers that ask at the same moment may both check: harmless. */
  async #whenDue(bound: string, intervalMs: number, check: () => Promise<void>): Promise<void> {
    const { keys, client } = this.#options.queue
    const key = `${keyOf(keys, '')}dead-letters-checked:${bound}`
    const redis = await client()
    if ((await redis.get(key)) !== null) return
    await redis.set(key, '1', { PX: intervalMs })
    try {
      await check()
    } catch (error) {
      // Not checked: the next round tries again.
      await redis.del(key)
      throw error
    }
  }

  async #checkCount(maxCount: number): Promise<void> {
    const { broker, topology } = this.#options
    const count = (await broker.depth(topology.deadLetterQueue))?.messageCount ?? 0
    if (count > maxCount)
      this.#noteRemoved(await this.#read(reader => reader.removeOldest(reader.total - maxCount)))
    else if (count >= maxCount * WARNING_AT)
      this.#tell(
        'nearly full',
        `are ${count}, and the oldest are removed beyond ${maxCount} (deadLetters.maxCount)`,
      )
  }

  async #checkAges(maxAgeMs: number): Promise<void> {
    const { broker, topology } = this.#options
    if (!(await broker.depth(topology.deadLetterQueue))?.messageCount) return
    const now = Date.now()
    let nearlyExpired = 0
    const isExpired = (writtenAtMs: number | undefined) => {
      const ageMs = writtenAtMs === undefined ? 0 : now - writtenAtMs
      if (ageMs <= maxAgeMs && ageMs > maxAgeMs * WARNING_AT) nearlyExpired += 1
      return ageMs > maxAgeMs
    }
    const removed = await this.#read(reader =>
      reader.removeWhere(message => isExpired(writtenAt(message)?.getTime())),
    )
    this.#noteRemoved(removed)
    if (nearlyExpired > 0)
      this.#tell(
        'nearly expired',
        `include ${nearlyExpired} that will soon be older than ${maxAgeMs} ms (deadLetters.maxAgeMs), and removed`,
      )
  }

  /** Gives way to another reader: the next check comes soon. */
  #read<T>(read: (reader: DeadLetterReader) => Promise<T>): Promise<T> {
    const { broker, topology } = this.#options
    return readDeadLetterQueue(broker, topology.deadLetterQueue, read, { patienceMs: 0 })
  }

  #noteRemoved(count: number): void {
    this.#removed += count
    if (
      count > 0 &&
      this.#tell('removed', `were beyond their bound: the oldest ${this.#removed} were removed`)
    )
      this.#removed = 0
  }

  #tell(kind: string, what: string): boolean {
    const { deadLetterQueue } = this.#options.topology
    const text = `The dead letters in "${deadLetterQueue}" ${what}. Replay or purge those that are done with.`
    return this.#warn(kind, new WorkerKitError('ERR_DEAD_LETTERS_BOUND', text))
  }

  /** @returns whether it was told: once an hour for each kind */
  #warn(kind: string, error: Error): boolean {
    const now = monotonicMs()
    if (now - (this.#warnedAt.get(kind) ?? Number.NEGATIVE_INFINITY) < WARNING_INTERVAL_MS) return false
    this.#warnedAt.set(kind, now)
    this.#options.onWarning(error)
    return true
  }
}
