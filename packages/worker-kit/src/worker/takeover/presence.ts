import { monotonicMs } from '../../real-timers.ts'
import { announceWorkers } from '../../redis/commands/announce-workers.ts'
import type { RedisQueue } from '../../redis/redis-queue.ts'
import { connectionId } from './redis-connections.ts'

/** How often a worker renews its entry, in milliseconds, and how old one may become, in seconds. */
const RENEW_MS = 10 * 60_000
const SWEEP_AFTER_SECONDS = 3_600

export interface PresenceOptions {
  queue: RedisQueue
  onError: (error: Error) => void
}

/** Tells other workers on which connection this one lives (R8). */
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

  /** Whether the worker that uses this token for a lock is known to others, as far as it can be. */
  knows(token: string): boolean {
    const workerId = workerIdOf(token)
    return workerId === undefined || this.#workerIds.has(workerId)
  }

  /** Whether a lock with this token is one of the worker's own. */
  hasIntroduced(token: string): boolean {
    const workerId = workerIdOf(token)
    return workerId !== undefined && this.#workerIds.has(workerId)
  }

  /** To be awaited before the first lock is set with this token. */
  async introduce(token: string): Promise<void> {
    const workerId = workerIdOf(token)
    if (workerId === undefined) return
    await this.#announce(workerId)
    this.#workerIds.add(workerId)
  }

  /** To be called when the connection is ready, also again: a new connection has a new id. */
  onConnected(): void {
    if (this.#workerIds.size > 0) this.#announce().catch(this.#options.onError)
  }

  /** To be called now and then. */
  async renew(): Promise<void> {
    if (this.#workerIds.size > 0 && monotonicMs() >= this.#renewAt) await this.#announce()
  }

  async #announce(...newIds: string[]): Promise<void> {
    const { queue } = this.#options
    this.#connectionId = await connectionId(await queue.client())
    this.#renewAt = monotonicMs() + RENEW_MS
    if (this.#connectionId === undefined) return
    await announceWorkers(queue, {
      connectionId: this.#connectionId,
      workerIds: [...this.#workerIds, ...newIds],
      sweepAfterSeconds: SWEEP_AFTER_SECONDS,
    })
  }
}

/** BullMQ's workers lock with their id, `:` and a number; a token of another form is somebody's own. */
function workerIdOf(token: string): string | undefined {
  return /^(.*):\d+$/.exec(token)?.[1]
}
