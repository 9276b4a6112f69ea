import type { KeysMap, RedisClient } from 'bullmq'
import type { Delivery } from '../../amqp/consumer.ts'
import { PARKING_MS } from '../../amqp/topology.ts'
import { delay, setImmediate } from '../../real-timers.ts'
import { lockOwners } from '../../redis/commands/lock-owners.ts'
import { takeOverLocks } from '../../redis/commands/take-over-locks.ts'
import { Presence } from './presence.ts'
import { absentConnections } from './redis-connections.ts'

/** Time between the two looks for an owner's connection, in milliseconds: enough for a kit's worker that lost both servers
 *  for a moment to connect and introduce itself again. */
const LOOK_AGAIN_MS = 30

export interface TakeoverOptions {
  redis: () => Promise<RedisClient>
  keys: KeysMap
  /** Whether a run of this job goes on here. */
  runs: (jobId: string) => boolean
  /** Tries to start the delivery's job, as if it had just come. */
  retry: (delivery: Delivery) => void
  /** Resolves when the broker has confirmed a copy that comes back after that time. */
  park: (delivery: Delivery, ms: number) => Promise<void>
  onError: (error: Error) => void
}

interface Locked {
  readonly delivery: Delivery
  /** Until the lock lapses, in milliseconds; less than 1 when there is none. */
  readonly lockMs: number
  readonly token?: string
  readonly entry?: string
}

/** A lock whose owner is known. */
interface Owned extends Locked {
  readonly token: string
  /** What the owner said of itself: run of the server, connection id, time. */
  readonly entry: string
}

/** Decides about messages whose job is active and locked (R8): when the lock's owner is gone, its lock is taken and the job
 *  starts here; else the message is parked, so that it holds no slot, until the lock lapses at the latest. */
export class Takeover {
  readonly presence: Presence
  readonly #options: TakeoverOptions
  /** Deliveries not decided yet; one that was given back or lost meanwhile is in here no more. */
  readonly #held = new Set<Delivery>()
  #batch: Delivery[] = []

  constructor(options: TakeoverOptions) {
    this.#options = options
    const { redis, keys, onError } = options
    this.presence = new Presence({ queue: { keys, client: redis }, onError })
  }

  /** How many deliveries are held until it is decided about them. */
  get size(): number {
    return this.#held.size
  }

  consider(delivery: Delivery): void {
    this.#held.add(delivery)
    this.#batch.push(delivery)
    // A worker that died had several jobs: one look is for all that arrive together.
    if (this.#batch.length === 1) setImmediate(() => void this.#decide(this.#batch.splice(0)))
  }

  /** Decides no further; gives the deliveries that were held. */
  interrupt(): Delivery[] {
    const held = [...this.#held]
    this.#held.clear()
    return held
  }

  async #decide(batch: Delivery[]): Promise<void> {
    const suspects = await this.#sortOut(batch)
    if (suspects.length === 0) return
    await delay(LOOK_AGAIN_MS)
    try {
      await this.#takeLocks(await this.#withoutOwner(suspects))
    } catch (error) {
      this.#options.onError(error as Error)
    }
    // Also where the lock was not taken: the owner may have finished, or shown itself, and then it is considered anew.
    for (const { delivery } of suspects) this.#retry(delivery)
  }

  /** Gives those whose owner has no connection. Of the others it lets those try whose job nobody holds, and parks those
   *  whose owner lives, or may live. */
  async #sortOut(batch: Delivery[]): Promise<Owned[]> {
    try {
      const locks = await this.#locksOf(batch)
      const owned = locks.filter(isOwned)
      const forsaken = owned.filter(lock => this.#isForsaken(lock))
      await this.#takeLocks(forsaken)
      const suspects = await this.#withoutOwner(owned)
      const toBeTried = new Set<Locked>(forsaken)
      const suspected = new Set<Locked>(suspects)
      for (const lock of locks) {
        if (lock.lockMs < 1 || toBeTried.has(lock)) this.#retry(lock.delivery)
        else if (!suspected.has(lock)) void this.#park(lock.delivery, lock.lockMs)
      }
      return suspects
    } catch (error) {
      this.#options.onError(error as Error)
      for (const delivery of batch) void this.#park(delivery, PARKING_MS)
      return []
    }
  }

  async #locksOf(batch: Delivery[]): Promise<Locked[]> {
    const held = batch.filter(delivery => this.#held.has(delivery))
    if (held.length === 0) return []
    const { keys, redis } = this.#options
    const ids = held.map(({ id }) => id)
    const owners = await lockOwners({ keys, client: redis }, ids)
    return owners.map((owner, i) => ({ delivery: held[i] as Delivery, ...owner }))
  }

  /** A lock of this worker's for a job that it does not run: the answer that the job has started was lost on its way. */
  #isForsaken({ delivery, token }: Owned): boolean {
    return this.presence.hasIntroduced(token) && !this.#options.runs(delivery.id)
  }

  /** Those whose owner has no connection to Redis now. */
  async #withoutOwner(locks: Owned[]): Promise<Owned[]> {
    const held = this.#stillHeld(locks)
    const ownId = this.presence.connectionId
    if (held.length === 0 || ownId === undefined) return []
    const ids = [...new Set(held.map(connectionIdOf))]
    const absent = await absentConnections(await this.#options.redis(), ownId, ids)
    return held.filter(lock => absent?.has(connectionIdOf(lock)))
  }

  async #takeLocks(locks: Owned[]): Promise<void> {
    const held = this.#stillHeld(locks)
    if (held.length === 0) return
    const { keys, redis } = this.#options
    await takeOverLocks(
      { keys, client: redis },
      held.map(({ delivery: { id, stamp }, token, entry }) => ({ id, stamp, token, entry })),
    )
  }

  /** As delivered before, whatever the broker says: its job was active. */
  #retry(delivery: Delivery): void {
    if (this.#held.delete(delivery)) this.#options.retry({ ...delivery, redelivered: true })
  }

  async #park(delivery: Delivery, lockMs: number): Promise<void> {
    if (!this.#held.has(delivery)) return
    try {
      await this.#options.park(delivery, Math.min(lockMs, PARKING_MS))
      if (this.#held.delete(delivery)) delivery.ack()
    } catch (error) {
      this.#options.onError(error as Error)
      if (this.#held.delete(delivery)) delivery.giveBack()
    }
  }

  #stillHeld(locks: Owned[]): Owned[] {
    return locks.filter(({ delivery }) => this.#held.has(delivery))
  }
}

function isOwned(lock: Locked): lock is Owned {
  return lock.token !== undefined && lock.entry !== undefined
}

function connectionIdOf({ entry }: Owned): string {
  return entry.split(' ')[1] as string
}
