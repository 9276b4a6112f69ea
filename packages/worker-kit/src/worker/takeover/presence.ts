import { monotonicMs } from '../../real-timers.ts'
import { announceWorkers } from '../../redis/commands/announce-workers.ts'
import type { RedisQueue } from '../../redis/redis-queue.ts'
import { connectionId } from './redis-connections.ts'

/** How often a worker renews its entry, in milliseconds, and the age at which others remove one, in seconds. */
const RENEW_MS = 10 * 60_000
const SWEEP_AFTER_SECONDS = 3_600

export interface PresenceOptions {
  queue: RedisQueue
  onError: (error: Error) => void
}

/** Tells other workers on which connection to Redis this worker lives (R8). */
export class Presence {
  readonly #options: PresenceOptions
  readonly #workerIds = new Set<string>()
  #connectionId: string | undefined
  #renewAt = 0

  constructor(options: PresenceOptions) {
    this.#options = options
  }

  /** Id of the connection to Redis; `undefined` when Redis does not tell. */
  get connectionId(): string | undefined {
    return this.#connectionId
  }

  /** Whether nothing is left to announce for the worker that locks with this token. */
  isAnnounced(token: string): boolean {
    const workerId = workerIdOf(token)
    return workerId === undefined || this.#workerIds.has(workerId)
  }

  /** Whether a lock with this token is this worker's own. */
  isOwn(token: string): boolean {
    const workerId = workerIdOf(token)
    return workerId !== undefined && this.#workerIds.has(workerId)
  }

  /** To be awaited before the first lock is set with this token. */
  async announce(token: string): Promise<void> {
    const workerId = workerIdOf(token)
    if (workerId === undefined) return
    await this.#announceAll(workerId)
    this.#workerIds.add(workerId)
  }

  /** The connection is ready, for the first time or again: a new connection has a new id. */
  onConnected(): void {
    if (this.#workerIds.size > 0) this.#announceAll().catch(this.#options.onError)
  }

  /** To be called about once a second. */
  async renew(): Promise<void> {
    if (this.#workerIds.size > 0 && monotonicMs() >= this.#renewAt) await this.#announceAll()
  }

  async #announceAll(...newIds: string[]): Promise<void> {
    const { queue } = this.#options
    this.#connectionId = await connectionId(await queue.client())
    if (this.#connectionId !== undefined)
      await announceWorkers(queue, {
        connectionId: this.#connectionId,
        workerIds: [...this.#workerIds, ...newIds],
        sweepAfterSeconds: SWEEP_AFTER_SECONDS,
      })
    this.#renewAt = monotonicMs() + RENEW_MS
  }
}

/** BullMQ's workers lock with their id, `:` and a number. A token of another form is somebody's own. */
function workerIdOf(token: string): string | undefined {
  return /^(.*):\d+$/.exec(token)?.[1]
}
