import type { KeysMap, RedisClient } from 'bullmq'
import type { Delivery } from '../../amqp/consumer.ts'
import { PARKING_MS } from '../../amqp/topology.ts'
import { delay, setImmediate } from '../../real-timers.ts'
import { keyOf } from '../queue-keys.ts'
import { runScript, scripts } from '../scripts.ts'
import { Presence } from './presence.ts'
import { absentConnections } from './redis-connections.ts'

/** Time between the two looks for an owner's connection, in milliseconds: enough for a kit's worker that lost both servers
 *  for a moment to connect and introduce itself again. */
const LOOK_AGAIN_MS = 50

export interface TakeoverOptions {
  redis: () => Promise<RedisClient>
  keys: KeysMap
  /** Tries to start the delivery's job, as if it had just come. */
  retry: (delivery: Delivery) => void
  /** Resolves when the broker has confirmed a copy that comes back after that time. */
  park: (delivery: Delivery, ms: number) => Promise<void>
  onError: (error: Error) => void
}

interface Considered {
  readonly delivery: Delivery
  readonly lockMs: number
}

interface Suspect extends Considered {
  readonly token: string
  /** What the owner said of itself: run of the server, connection id, time. */
  readonly entry: string
}

/** Decides about redelivered messages whose job is active and locked (R8): when the lock's owner is gone, its lock is taken
 *  and the job starts here; else the message is parked, so that it holds no slot, until the lock lapses at the latest. */
export class Takeover {
  readonly presence: Presence
  readonly #options: TakeoverOptions
  /** Deliveries not decided yet; one that was given back or lost meanwhile is in here no more. */
  readonly #held = new Set<Delivery>()
  #batch: Considered[] = []

  constructor(options: TakeoverOptions) {
    this.#options = options
    const { redis, keys, onError } = options
    this.presence = new Presence({ redis, ownersKey: keyOf(keys, 'owners'), onError })
  }

  /** How many deliveries are held until it is decided about them. */
  get size(): number {
    return this.#held.size
  }

  /** @param lockMs - until the lock lapses, in milliseconds. */
  consider(delivery: Delivery, lockMs: number): void {
    this.#held.add(delivery)
    this.#batch.push({ delivery, lockMs })
    // A worker that died had several jobs: one look is for all that arrive together.
    if (this.#batch.length === 1) setImmediate(() => void this.#decide(this.#batch.splice(0)))
  }

  /** Decides no further; gives the deliveries that were held. */
  interrupt(): Delivery[] {
    const held = [...this.#held]
    this.#held.clear()
    return held
  }

  async #decide(batch: Considered[]): Promise<void> {
    const suspects = await this.#orNone(async () => this.#withoutOwner(await this.#suspectsOf(batch)))
    const suspected = new Set(suspects.map(({ delivery }) => delivery))
    for (const considered of batch) if (!suspected.has(considered.delivery)) void this.#park(considered)
    if (suspects.length === 0) return

    await delay(LOOK_AGAIN_MS)
    await this.#orNone(async () => this.#takeLocks(await this.#withoutOwner(suspects)))
    // Also where the lock was not taken: the owner may have finished, or shown itself, and then it is considered anew.
    for (const { delivery } of suspects) if (this.#held.delete(delivery)) this.#options.retry(delivery)
  }

  /** An answer that cannot be had is no evidence. */
  async #orNone(find: () => Promise<Suspect[]>): Promise<Suspect[]> {
    try {
      return await find()
    } catch (error) {
      this.#options.onError(error as Error)
      return []
    }
  }

  /** Those whose owner is known, and has told on which connection of this server it lives. */
  async #suspectsOf(batch: Considered[]): Promise<Suspect[]> {
    const held = this.#stillHeld(batch)
    if (held.length === 0) return []
    const { keys, redis } = this.#options
    const ids = held.map(({ delivery }) => delivery.id)
    const owners = (await runScript(
      await redis(),
      scripts.owners,
      [keyOf(keys, 'owners')],
      [keyOf(keys, ''), ...ids],
    )) as [token?: string, entry?: string][]
    return held.flatMap((considered, i) => {
      const [token, entry] = owners[i] ?? []
      return token !== undefined && entry !== undefined ? [{ ...considered, token, entry }] : []
    })
  }

  /** Those whose owner has no connection to Redis now. */
  async #withoutOwner(suspects: Suspect[]): Promise<Suspect[]> {
    const held = this.#stillHeld(suspects)
    const ownId = this.presence.connectionId
    if (held.length === 0 || ownId === undefined) return []
    const ids = [...new Set(held.map(connectionIdOf))]
    const absent = await absentConnections(await this.#options.redis(), ownId, ids)
    return held.filter(suspect => absent?.has(connectionIdOf(suspect)))
  }

  async #takeLocks(suspects: Suspect[]): Promise<Suspect[]> {
    const held = this.#stillHeld(suspects)
    if (held.length === 0) return []
    const { keys, redis } = this.#options
    await runScript(
      await redis(),
      scripts.takeOver,
      [keyOf(keys, 'owners')],
      [
        keyOf(keys, ''),
        ...held.flatMap(({ delivery, token, entry }) => [delivery.id, delivery.stamp, token, entry]),
      ],
    )
    return held
  }

  async #park({ delivery, lockMs }: Considered): Promise<void> {
    if (!this.#held.has(delivery)) return
    try {
      await this.#options.park(delivery, Math.min(lockMs, PARKING_MS))
      if (this.#held.delete(delivery)) delivery.ack()
    } catch (error) {
      this.#options.onError(error as Error)
      if (this.#held.delete(delivery)) delivery.giveBack()
    }
  }

  #stillHeld<T extends Considered>(batch: T[]): T[] {
    return batch.filter(({ delivery }) => this.#held.has(delivery))
  }
}

function connectionIdOf({ entry }: Suspect): string {
  return entry.split(' ')[1] as string
}
