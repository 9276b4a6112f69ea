import type { Delivery } from '../amqp/consumer.ts'
import { clearTimeout, setTimeout } from '../real-timers.ts'

/** Why waiting for a delivery ended. */
export type Wakeup = 'delivery' | 'timeout' | 'interrupted'

interface Waiter {
  wake: (wakeup: Wakeup) => void
}

/** The deliveries that a worker holds: buffered (not started), and running. */
export class Intake {
  #buffered: Delivery[] = []
  readonly #running = new Map<string, Delivery>()
  readonly #waiters = new Set<Waiter>()
  #blocked = false
  #unblockTimer: NodeJS.Timeout | undefined
  #interrupted = false

  /** How many deliveries of the broker's credit are in use. */
  get size(): number {
    return this.#buffered.length + this.#running.size
  }

  get runningCount(): number {
    return this.#running.size
  }

  get isInterrupted(): boolean {
    return this.#interrupted
  }

  running(): Delivery[] {
    return [...this.#running.values()]
  }

  receive(delivery: Delivery): void {
    if (this.#adopt(delivery)) return
    this.#buffered.push(delivery)
    this.#wake('delivery')
  }

  /** The next delivery to start; `undefined` while there is none, or none may start. */
  take(): Delivery | undefined {
    return this.#blocked || this.#interrupted ? undefined : this.#buffered.shift()
  }

  /** Keeps a delivery that may not start yet, at the head, and starts none until `unblock`.
   *  @param forMs - unblocks by itself after this time, in milliseconds. @default never */
  putBack(delivery: Delivery, forMs?: number): void {
    this.#buffered.unshift(delivery)
    this.#blocked = true
    clearTimeout(this.#unblockTimer)
    if (forMs !== undefined) this.#unblockTimer = setTimeout(() => this.unblock(), forMs)
  }

  /** Lets deliveries be tried again. */
  unblock(): void {
    if (!this.#blocked) return
    clearTimeout(this.#unblockTimer)
    this.#blocked = false
    if (this.#buffered.length > 0) this.#wake('delivery')
  }

  start(delivery: Delivery): void {
    this.#running.set(delivery.id, delivery)
  }

  runs(id: string): boolean {
    return this.#running.has(id)
  }

  /** Takes the delivery of a running job, to settle it. */
  finish(id: string): Delivery | undefined {
    const delivery = this.#running.get(id)
    this.#running.delete(id)
    return delivery
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

  /** Ends every wait and hands nothing out until `resume`; gives what was not started. */
  interrupt(): Delivery[] {
    this.#interrupted = true
    this.#wake('interrupted')
    return this.#takeUnstarted()
  }

  resume(): void {
    this.#interrupted = false
  }

  /** Forgets what was not started: its channel is gone, the broker delivers it again. Running jobs go on. */
  dropUnstarted(): void {
    this.#takeUnstarted()
  }

  /** A job that runs here and is delivered again lost its channel, not its owner: the new delivery settles it.
   *  The old one is settled here, in case its channel lives: then there are two copies of the message. */
  #adopt(delivery: Delivery): boolean {
    const running = this.#running.get(delivery.id)
    if (running?.stamp !== delivery.stamp || !delivery.redelivered) return false
    this.#running.set(delivery.id, delivery)
    if (running !== delivery) running.ack()
    return true
  }

  #takeUnstarted(): Delivery[] {
    const unstarted = this.#buffered
    this.#buffered = []
    this.#blocked = false
    clearTimeout(this.#unblockTimer)
    return unstarted
  }

  #wake(wakeup: Wakeup): void {
    for (const waiter of [...this.#waiters]) waiter.wake(wakeup)
  }
}
