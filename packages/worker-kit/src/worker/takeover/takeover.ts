import type { Delivery } from '../../amqp/delivery.ts'
import { PARKING_MS } from '../../amqp/topology.ts'
import { delay, setImmediate } from '../../real-timers.ts'
import { lockOwners } from '../../redis/commands/lock-owners.ts'
import { takeOverLocks } from '../../redis/commands/take-over-locks.ts'
import type { RedisQueue } from '../../redis/redis-queue.ts'
import { Presence } from './presence.ts'
import { absentConnections } from './redis-connections.ts'

/** Time between the two looks for an owner's connection, in milliseconds: enough for a worker that lost both servers for a
 *  moment to connect and announce itself again. */
const LOOK_AGAIN_MS = 30

/** How long a delivery is kept that cannot be parked, in milliseconds: requeued at once it would come back at once. */
const KEPT_MS = 1_000

export interface TakeoverOptions {
  queue: RedisQueue
  /** Whether a run of this job goes on here. */
  isRunning: (jobId: string) => boolean
  /** Tries to start the delivery's job, as if it had just been delivered. */
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
  /** What the owner announced: run of the server, connection id, time. */
  readonly entry: string
}

/** Decides about messages whose job is active and locked (R8). When the lock's owner is gone, its lock is taken and the job
 *  starts here. Else the message is parked until the lock lapses at the latest, so that it takes up no prefetch. */
export class Takeover {
  readonly presence: Presence
  readonly #options: TakeoverOptions
  /** Deliveries that are not decided about. One that was requeued or lost meanwhile is no longer in here. */
  readonly #undecided = new Set<Delivery>()
  #batch: Delivery[] = []

  constructor(options: TakeoverOptions) {
    this.#options = options
    this.presence = new Presence(options)
  }

  /** Deliveries that are held until it is decided about them. */
  get size(): number {
    return this.#undecided.size
  }

  consider(delivery: Delivery): void {
    this.#undecided.add(delivery)
    this.#batch.push(delivery)
    // A dead worker had several jobs: one look is for all deliveries that arrive together.
    if (this.#batch.length === 1) setImmediate(() => void this.#decide(this.#batch.splice(0)))
  }

  /** Decides no further; gives the deliveries that were held. */
  interrupt(): Delivery[] {
    const undecided = [...this.#undecided]
    this.#undecided.clear()
    return undecided
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
    // Also where the lock was not taken: the owner has finished the job, or announced itself again.
    for (const { delivery } of suspects) this.#retry(delivery)
  }

  /** Gives the locks whose owner has no connection. Deliveries of jobs without a lock are tried at once; those whose owner
   *  lives, or may live, are parked. */
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
    const deliveries = batch.filter(delivery => this.#undecided.has(delivery))
    if (deliveries.length === 0) return []
    const owners = await lockOwners(
      this.#options.queue,
      deliveries.map(({ id }) => id),
    )
    return owners.map((owner, i) => ({ ...owner, delivery: deliveries[i] as Delivery }))
  }

  /** A lock of this worker's for a job that it does not run: the reply that the job has started was lost. */
  #isForsaken({ delivery, token }: Owned): boolean {
    return this.presence.isOwn(token) && !this.#options.isRunning(delivery.id)
  }

  /** The locks whose owner has no connection to Redis now. */
  async #withoutOwner(locks: Owned[]): Promise<Owned[]> {
    const undecided = this.#stillUndecided(locks)
    const ownId = this.presence.connectionId
    if (undecided.length === 0 || ownId === undefined) return []
    const ids = [...new Set(undecided.map(connectionIdOf))]
    const absent = await absentConnections(await this.#options.queue.client(), ownId, ids)
    return undecided.filter(lock => absent?.has(connectionIdOf(lock)))
  }

  async #takeLocks(locks: Owned[]): Promise<void> {
    const undecided = this.#stillUndecided(locks)
    if (undecided.length === 0) return
    await takeOverLocks(
      this.#options.queue,
      undecided.map(({ delivery: { id, stamp }, token, entry }) => ({ id, stamp, token, entry })),
    )
  }

  /** As redelivered, whatever the broker says: its job was active. */
  #retry(delivery: Delivery): void {
    if (this.#undecided.delete(delivery)) this.#options.retry({ ...delivery, redelivered: true })
  }

  async #park(delivery: Delivery, lockMs: number): Promise<void> {
    if (!this.#undecided.has(delivery)) return
    try {
      await this.#options.park(delivery, Math.min(lockMs, PARKING_MS))
      if (this.#undecided.delete(delivery)) delivery.ack()
    } catch (error) {
      this.#options.onError(error as Error)
      await delay(Math.min(lockMs, KEPT_MS), undefined, { ref: false })
      if (this.#undecided.delete(delivery)) delivery.requeue()
    }
  }

  #stillUndecided(locks: Owned[]): Owned[] {
    return locks.filter(({ delivery }) => this.#undecided.has(delivery))
  }
}

function isOwned(lock: Locked): lock is Owned {
  return lock.token !== undefined && lock.entry !== undefined
}

function connectionIdOf({ entry }: Owned): string {
  return entry.split(' ')[1] as string
}
