import type { Delivery } from '../amqp/consumer.ts'
import { clearTimeout, monotonicMs, setTimeout } from '../real-timers.ts'

/** Why waiting for a delivery ended. */
export type Wakeup = 'delivery' | 'timeout' | 'interrupted'

interface Waiter {
  wake: (wakeup: Wakeup) => void
}

/** A delivery that is buffered, or runs. */
interface Held {
  delivery: Delivery
  /** By `monotonicMs`. */
  since: number
}

/** The deliveries that a worker holds: buffered (not started), and running. */
export class Intake {
  #buffered: Held[] = []
  readonly #running = new Map<string, Held>()
  /** Place in line of each delivery: positive in the order of their arrival, negative for those before their message. */
  readonly #places = new WeakMap<Delivery, number>()
  #lastPlace = 0
  #firstPlace = 0
  /** Each takes one delivery, in the order in which they asked. */
  readonly #takers = new Set<(delivery: Delivery | undefined) => void>()
  readonly #waiters = new Set<Waiter>()
  #blocked = false
  #unblockTimer: NodeJS.Timeout | undefined
  /** When a delivery was last asked for, by `monotonicMs`. */
  #takenAt = 0
  #interrupted = false

  /** How many deliveries are not settled. */
  get size(): number {
    return this.#buffered.length + this.#running.size
  }

  get runningCount(): number {
    return this.#running.size
  }

  /** How many are waiting for a delivery. */
  get askerCount(): number {
    return this.#takers.size + this.#waiters.size
  }

  get isInterrupted(): boolean {
    return this.#interrupted
  }

  /** How long the next delivery to start has been waiting here, in milliseconds; 0 while none waits, or none may start. */
  get waitedMs(): number {
    const [first] = this.#buffered
    return first && !this.#blocked ? monotonicMs() - first.since : 0
  }

  /** How long deliveries have been waiting here without one being taken, in milliseconds; 0 while none waits, or none may
   *  start. */
  get untakenMs(): number {
    return Math.min(this.waitedMs, monotonicMs() - this.#takenAt)
  }

  running(): Delivery[] {
    return [...this.#running.values()].map(({ delivery }) => delivery)
  }

  receive(delivery: Delivery): void {
    if (this.#adopt(delivery) || this.#replaceEarly(delivery)) return
    this.#lastPlace += 1
    this.#places.set(delivery, this.#lastPlace)
    this.#buffered.push({ delivery, since: monotonicMs() })
    this.#offer()
  }

  /** Takes a job in that is to start before all that is buffered; its message comes later. */
  receiveEarly(early: Delivery): void {
    // Or it was faster.
    if (this.#running.get(early.id)?.delivery.stamp === early.stamp) return
    const at = this.#buffered.findIndex(({ delivery }) => isSame(delivery, early))
    const [held] = at < 0 ? [] : this.#buffered.splice(at, 1)
    const delivery = held?.delivery ?? early
    this.#firstPlace -= 1
    this.#places.set(delivery, this.#firstPlace)
    this.#buffered.unshift({ delivery, since: monotonicMs() })
    this.#offer()
  }

  /** Whether the next delivery to start is one that was put before the others. */
  get isNextEarly(): boolean {
    const [next] = this.#buffered
    return next !== undefined && this.#placeOf(next.delivery) < 0
  }

  /** The next delivery to start; `undefined` while there is none, or none may start. */
  take(): Delivery | undefined {
    if (this.#blocked || this.#interrupted) return undefined
    this.#takenAt = monotonicMs()
    return this.#buffered.shift()?.delivery
  }

  /** The next delivery to start, as soon as there is one; `undefined` when the time is over, or on `interrupt`. */
  takeWithin(timeoutMs: number): Promise<Delivery | undefined> {
    const delivery = this.take()
    if (delivery || this.#interrupted) return Promise.resolve(delivery)
    return new Promise(resolve => {
      const timer = setTimeout(() => taker(undefined), timeoutMs)
      const taker = (taken: Delivery | undefined) => {
        clearTimeout(timer)
        this.#takers.delete(taker)
        resolve(taken)
      }
      this.#takers.add(taker)
    })
  }

  /** Keeps a delivery that may not start yet, in its old place, and starts none until `unblock`.
   *  @param forMs - unblocks by itself after this time, in milliseconds. @default never */
  putBack(delivery: Delivery, forMs?: number): void {
    const place = this.#placeOf(delivery)
    const next = this.#buffered.findIndex(held => this.#placeOf(held.delivery) > place)
    this.#buffered.splice(next < 0 ? this.#buffered.length : next, 0, { delivery, since: monotonicMs() })
    this.#blocked = true
    clearTimeout(this.#unblockTimer)
    if (forMs !== undefined) this.#unblockTimer = setTimeout(() => this.unblock(), forMs)
  }

  /** Lets deliveries be tried again. */
  unblock(): void {
    if (!this.#blocked) return
    clearTimeout(this.#unblockTimer)
    this.#blocked = false
    // What kept them was not this worker.
    for (const held of this.#buffered) held.since = monotonicMs()
    this.#offer()
  }

  start(delivery: Delivery): void {
    this.#running.set(delivery.id, { delivery, since: monotonicMs() })
  }

  /** Takes what was delivered before, here or elsewhere, and has not started. */
  takeRedelivered(): Delivery[] {
    const redelivered = this.#buffered.filter(({ delivery }) => delivery.redelivered)
    this.#buffered = this.#buffered.filter(({ delivery }) => !delivery.redelivered)
    return redelivered.map(({ delivery }) => delivery)
  }

  runs(id: string): boolean {
    return this.#running.has(id)
  }

  /** The delivery of a running job. */
  get(id: string): Delivery | undefined {
    return this.#running.get(id)?.delivery
  }

  /** Ends the run that a delivery began; gives the delivery that is to be settled for it, and how long it ran.
   *  Another run of the same job may have begun here meanwhile: it has another stamp, and goes on. */
  finish({ id, stamp }: Delivery): { delivery: Delivery; ranMs: number } | undefined {
    const run = this.#running.get(id)
    if (run?.delivery.stamp !== stamp) return undefined
    this.#running.delete(id)
    return { delivery: run.delivery, ranMs: monotonicMs() - run.since }
  }

  /** Resolves when a delivery may be tried, when the time is over, or on `interrupt`. */
  wait(timeoutMs: number): Promise<Wakeup> {
    if (this.#interrupted) return Promise.resolve('interrupted')
    if (this.#buffered.length > 0 && !this.#blocked) return Promise.resolve('delivery')
    return new Promise(resolve => {
      const timer = setTimeout(() => waiter.wake('timeout'), timeoutMs)
      const waiter: Waiter = {
        wake: wakeup => {
          clearTimeout(timer)
          this.#waiters.delete(waiter)
          resolve(wakeup)
        },
      }
      this.#waiters.add(waiter)
    })
  }

  /** Ends every wait, and hands nothing out until `resume`. */
  interrupt(): void {
    this.#interrupted = true
    for (const taker of [...this.#takers]) taker(undefined)
    this.#wake('interrupted')
  }

  resume(): void {
    this.#interrupted = false
    this.#offer()
  }

  /** Gives what was not started, and forgets it. Running jobs go on. */
  takeUnstarted(): Delivery[] {
    const unstarted = this.#buffered.map(({ delivery }) => delivery)
    this.#buffered = []
    this.#blocked = false
    clearTimeout(this.#unblockTimer)
    return unstarted
  }

  /** A job that runs here and is delivered again lost its channel, not its owner: the new delivery settles it.
   *  The old one is settled here, in case its channel lives: then there are two copies of the message. */
  #adopt(delivery: Delivery): boolean {
    const run = this.#running.get(delivery.id)
    if (run?.delivery.stamp !== delivery.stamp) return false
    if (!delivery.redelivered && this.#placeOf(run.delivery) >= 0) return false
    const old = run.delivery
    run.delivery = delivery
    if (old !== delivery) old.ack()
    return true
  }

  /** Puts a message in the place of the delivery that came before it, and has not started. */
  #replaceEarly(message: Delivery): boolean {
    for (const held of this.#buffered) {
      const place = this.#placeOf(held.delivery)
      // Those are in front of all others.
      if (place >= 0) return false
      if (!isSame(held.delivery, message)) continue
      held.delivery = message
      this.#places.set(message, place)
      return true
    }
    return false
  }

  #placeOf(delivery: Delivery): number {
    return this.#places.get(delivery) ?? 0
  }

  /** Hands what is buffered to those who take, and tells those who wait of the rest. */
  #offer(): void {
    if (this.#blocked || this.#interrupted) return
    for (const taker of [...this.#takers]) {
      const first = this.#buffered.shift()
      if (!first) return
      taker(first.delivery)
    }
    if (this.#buffered.length > 0) this.#wake('delivery')
  }

  #wake(wakeup: Wakeup): void {
    for (const waiter of [...this.#waiters]) waiter.wake(wakeup)
  }
}

function isSame(a: Delivery, b: Delivery): boolean {
  return a.id === b.id && a.stamp === b.stamp
}
