import type { Delivery } from '../amqp/delivery.ts'
import { clearTimeout, delay, monotonicMs, setTimeout } from '../real-timers.ts'
import { LONGEST_TIMER_MS } from '../time-limit.ts'

/** Why waiting for a delivery ended. */
export type Wakeup = 'delivery' | 'timeout' | 'interrupted'

/** A delivery that waits here, or whose job runs. */
interface Held {
  delivery: Delivery
  /** By `monotonicMs`. */
  since: number
}

/** A running job's delivery. */
interface Run extends Held {
  /** Of the job's lock. */
  readonly token: string
  /** Whether a step that takes the job out of active is under way: only that step settles the delivery. */
  isLeaving: boolean
}

/** The deliveries that a worker holds: prefetched ones, whose jobs have not started, and those of running jobs. */
export class Deliveries {
  #prefetched: Held[] = []
  readonly #running = new Map<string, Run>()
  /** Place in line: positive by arrival, negative for jobs that start ahead of their message. */
  readonly #places = new WeakMap<Delivery, number>()
  /** Placeholders for messages that the broker has not delivered yet. */
  readonly #placeholders = new WeakSet<Delivery>()
  #lastPlace = 0
  #firstPlace = 0
  /** Each takes one delivery, in the order in which they asked. */
  readonly #takers = new Set<(delivery: Delivery | undefined) => void>()
  readonly #waiters = new Set<(wakeup: Wakeup) => void>()
  #isBlocked = false
  #unblockTimer: NodeJS.Timeout | undefined
  /** When a delivery was last asked for, by `monotonicMs`. */
  #askedAt = 0
  #interruption = new AbortController()
  /** By `monotonicMs`. */
  #interruptedAt = 0
  readonly #onAsked: () => void

  /** @param onAsked - somebody begins to wait for a delivery */
  constructor(onAsked: () => void = () => undefined) {
    this.#onAsked = onAsked
  }

  // --- What is held ----------------------------------------------------------------------------------------------------

  /** Deliveries that are not settled. */
  get size(): number {
    return this.#prefetched.length + this.#running.size
  }

  get runningCount(): number {
    return this.#running.size
  }

  /** Running jobs whose message the broker has delivered: these take up prefetch. */
  get deliveredRunCount(): number {
    let count = 0
    for (const { delivery } of this.#running.values()) if (!this.#placeholders.has(delivery)) count += 1
    return count
  }

  /** Whether a delivery waits here that the broker could hand to another worker. */
  get hasPrefetched(): boolean {
    return this.#prefetched.some(({ delivery }) => !this.#placeholders.has(delivery))
  }

  /** Callers that wait for a delivery. */
  get askerCount(): number {
    return this.#takers.size + this.#waiters.size
  }

  /** Whether nothing is handed out until `resume`. */
  get isInterrupted(): boolean {
    return this.#interruption.signal.aborted
  }

  /** Whether none may start now: the queue is paused, rate limited or full, or Redis cannot be asked. */
  get isBlocked(): boolean {
    return this.#isBlocked
  }

  /** How long nothing has been handed out because of `interrupt`, in milliseconds. 0 without it. */
  get interruptedMs(): number {
    return this.isInterrupted ? monotonicMs() - this.#interruptedAt : 0
  }

  /** How long the first prefetched delivery has been waiting, in milliseconds. 0 while none waits, or none may start. */
  get waitedMs(): number {
    const first = this.#prefetched.find(({ delivery }) => !this.#placeholders.has(delivery))
    return first && !this.#isBlocked ? monotonicMs() - first.since : 0
  }

  /** How long prefetched deliveries have been waiting without one being asked for, in milliseconds. 0 as for `waitedMs`. */
  get unaskedMs(): number {
    return Math.min(this.waitedMs, monotonicMs() - this.#askedAt)
  }

  /** Whether the next delivery to start is of a job ahead of its message. */
  get isNextOutOfTurn(): boolean {
    const [next] = this.#prefetched
    return next !== undefined && this.isOutOfTurn(next.delivery)
  }

  /** Whether a delivery was put before all others, out of its turn. */
  isOutOfTurn(delivery: Delivery): boolean {
    return this.#placeOf(delivery) < 0
  }

  /** Deliveries of running jobs. */
  running(): Delivery[] {
    return [...this.#running.values()].map(({ delivery }) => delivery)
  }

  isRunning(id: string): boolean {
    return this.#running.has(id)
  }

  // --- Prefetched ------------------------------------------------------------------------------------------------------

  receive(delivery: Delivery): void {
    if (this.#adopt(delivery) || this.#replaceAhead(delivery)) return
    this.#lastPlace += 1
    this.#places.set(delivery, this.#lastPlace)
    this.#prefetched.push({ delivery, since: monotonicMs() })
    this.#offer()
  }

  /** Puts a job before all prefetched deliveries.
   *  @param placeholder - stands for the job's message, which is delivered later */
  insertAhead(placeholder: Delivery): void {
    if (this.isInterrupted) return
    // The message came first, and its job runs already.
    if (this.#running.get(placeholder.id)?.delivery.stamp === placeholder.stamp) return
    const at = this.#prefetched.findIndex(({ delivery }) => isSame(delivery, placeholder))
    const [held] = at < 0 ? [] : this.#prefetched.splice(at, 1)
    const delivery = held?.delivery ?? placeholder
    if (!held) this.#placeholders.add(placeholder)
    this.#firstPlace -= 1
    this.#places.set(delivery, this.#firstPlace)
    this.#prefetched.unshift({ delivery, since: monotonicMs() })
    this.#offer()
  }

  /** The same delivery, in its place in line, of a job that has got its stamp only now. */
  stamped(delivery: Delivery, stamp: string): Delivery {
    const stampedDelivery = { ...delivery, stamp }
    this.#places.set(stampedDelivery, this.#placeOf(delivery))
    return stampedDelivery
  }

  /** The next delivery to start; `undefined` while there is none, or none may start. */
  take(): Delivery | undefined {
    if (this.#isBlocked || this.isInterrupted) return undefined
    this.#askedAt = monotonicMs()
    return this.#prefetched.shift()?.delivery
  }

  /** The next delivery to start, as soon as there is one; `undefined` after the time, or on `interrupt`. */
  takeWithin(timeoutMs: number): Promise<Delivery | undefined> {
    const delivery = this.take()
    if (delivery || this.isInterrupted) return Promise.resolve(delivery)
    return new Promise(resolve => {
      const timer = setTimeout(() => taker(undefined), timeoutMs)
      const taker = (taken: Delivery | undefined) => {
        clearTimeout(timer)
        this.#takers.delete(taker)
        resolve(taken)
      }
      this.#takers.add(taker)
      this.#onAsked()
    })
  }

  /** Resolves when a delivery may be taken, after the time, or on `interrupt`. */
  wait(timeoutMs: number): Promise<Wakeup> {
    if (this.isInterrupted) return Promise.resolve('interrupted')
    if (this.#prefetched.length > 0 && !this.#isBlocked) return Promise.resolve('delivery')
    return new Promise(resolve => {
      const timer = setTimeout(() => waiter('timeout'), timeoutMs)
      const waiter = (wakeup: Wakeup) => {
        clearTimeout(timer)
        this.#waiters.delete(waiter)
        resolve(wakeup)
      }
      this.#waiters.add(waiter)
      this.#onAsked()
    })
  }

  /** Resolves after a time, or on `interrupt`. */
  async waitForInterrupt(timeoutMs: number): Promise<void> {
    await delay(timeoutMs, undefined, { signal: this.#interruption.signal }).catch(() => undefined)
  }

  /** Puts a delivery that may not start back into its old place; hands none out until `unblock`.
   *  @param forMs - unblocks by itself after this time, in milliseconds. @default never */
  block(delivery: Delivery, forMs?: number): void {
    const place = this.#placeOf(delivery)
    const next = this.#prefetched.findIndex(held => this.#placeOf(held.delivery) > place)
    this.#prefetched.splice(next < 0 ? this.#prefetched.length : next, 0, { delivery, since: monotonicMs() })
    this.#isBlocked = true
    clearTimeout(this.#unblockTimer)
    // A rate limiter may last longer than a timer: its job is then tried again before it is due.
    if (forMs !== undefined)
      this.#unblockTimer = setTimeout(() => this.unblock(), Math.min(forMs, LONGEST_TIMER_MS))
  }

  /** Lets deliveries be handed out again. */
  unblock(): void {
    if (!this.#isBlocked) return
    clearTimeout(this.#unblockTimer)
    this.#isBlocked = false
    // The time until now was not this worker's doing.
    for (const held of this.#prefetched) held.since = monotonicMs()
    this.#offer()
  }

  /** Takes out what the broker had delivered before, here or elsewhere, and whose stamp is known. */
  takeRedelivered(): Delivery[] {
    return this.#takeOut(delivery => delivery.redelivered && delivery.stamp !== '')
  }

  /** Takes out what the broker has delivered. Placeholders stay: another worker may start their jobs all the same. */
  takePrefetched(): Delivery[] {
    const taken = this.#takeOut(delivery => !this.#placeholders.has(delivery))
    if (this.#prefetched.length === 0) this.unblock()
    return taken
  }

  /** Takes out all that has not started. Running jobs go on. */
  takeUnstarted(): Delivery[] {
    const unstarted = this.#takeOut(() => true)
    this.unblock()
    return unstarted
  }

  /** Ends every wait, and hands nothing out until `resume`. */
  interrupt(): void {
    if (!this.isInterrupted) this.#interruptedAt = monotonicMs()
    this.#interruption.abort()
    for (const taker of [...this.#takers]) taker(undefined)
    this.#wake('interrupted')
  }

  resume(): void {
    if (this.isInterrupted) this.#interruption = new AbortController()
    this.#offer()
  }

  // --- Running ---------------------------------------------------------------------------------------------------------

  /** The job of a delivery has started.
   *  @param token - of the job's lock */
  start(delivery: Delivery, token: string): void {
    // An earlier run of the job has lost it, and nobody else would settle its delivery.
    const earlier = this.#running.get(delivery.id)?.delivery
    if (earlier !== delivery) earlier?.ack()
    this.#running.set(delivery.id, { delivery, token, since: monotonicMs(), isLeaving: false })
  }

  /** A step that takes a running job out of active begins; gives the delivery that it has to settle. None for an earlier run
   *  of the job, which had another token. */
  beginLeaving(id: string, token: string): Delivery | undefined {
    const run = this.#runOf(id, token)
    if (run) run.isLeaving = true
    return run?.delivery
  }

  /** That step is over. Without effect after `endRun`. */
  endLeaving(id: string, token: string): void {
    const run = this.#runOf(id, token)
    if (run) run.isLeaving = false
  }

  /** The delivery of a running job, unless a step that takes it out of active is under way. */
  undisturbed(id: string): Delivery | undefined {
    const run = this.#running.get(id)
    return run?.isLeaving ? undefined : run?.delivery
  }

  /** Ends the run that a delivery began; gives the delivery to settle, and how long the job ran.
   *  A later run of the same job has another stamp, and goes on. */
  endRun({ id, stamp }: Delivery): { delivery: Delivery; ranMs: number } | undefined {
    const run = this.#running.get(id)
    if (run?.delivery.stamp !== stamp) return undefined
    this.#running.delete(id)
    return { delivery: run.delivery, ranMs: monotonicMs() - run.since }
  }

  /** BullMQ's token "0" stands for whoever holds the lock. */
  #runOf(id: string, token: string): Run | undefined {
    const run = this.#running.get(id)
    return token === '0' || run?.token === token ? run : undefined
  }

  // --- Inside ----------------------------------------------------------------------------------------------------------

  /** A running job that is delivered again lost its channel, not its owner: the new delivery settles it.
   *  The old delivery is acknowledged: its channel may live, and then there are two copies of the message. */
  #adopt(delivery: Delivery): boolean {
    const run = this.#running.get(delivery.id)
    // A message without a stamp is of the job with its id, whatever stamp that has got.
    if (!run || (delivery.stamp !== '' && run.delivery.stamp !== delivery.stamp)) return false
    if (!delivery.redelivered && !this.isOutOfTurn(run.delivery)) return false
    const old = run.delivery
    run.delivery = delivery.stamp === '' ? { ...delivery, stamp: old.stamp } : delivery
    if (old !== delivery) old.ack()
    return true
  }

  /** The message of a job that was put ahead of it takes the job's place in line. */
  #replaceAhead(message: Delivery): boolean {
    for (const held of this.#prefetched) {
      // Jobs ahead of their message come before all others.
      if (!this.isOutOfTurn(held.delivery)) return false
      if (!isSame(held.delivery, message)) continue
      this.#places.set(message, this.#placeOf(held.delivery))
      held.delivery = message
      return true
    }
    return false
  }

  #takeOut(isTaken: (delivery: Delivery) => boolean): Delivery[] {
    const taken: Delivery[] = []
    const left: Held[] = []
    for (const held of this.#prefetched) {
      if (isTaken(held.delivery)) taken.push(held.delivery)
      else left.push(held)
    }
    this.#prefetched = left
    return taken
  }

  #placeOf(delivery: Delivery): number {
    return this.#places.get(delivery) ?? 0
  }

  /** Hands deliveries to those who take, and wakes those who wait when some are left. */
  #offer(): void {
    if (this.#isBlocked || this.isInterrupted) return
    for (const taker of [...this.#takers]) {
      const first = this.#prefetched.shift()
      if (!first) return
      taker(first.delivery)
    }
    if (this.#prefetched.length > 0) this.#wake('delivery')
  }

  #wake(wakeup: Wakeup): void {
    for (const waiter of [...this.#waiters]) waiter(wakeup)
  }
}

function isSame(a: Delivery, b: Delivery): boolean {
  return a.id === b.id && a.stamp === b.stamp
}
