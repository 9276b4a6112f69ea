import { monotonicMs } from '../real-timers.ts'

/** Which waiting jobs may have lost their message (R6). */
export type Suspicion =
  /** Jobs stamped before a job that started more than two seconds ago. */
  | { stampedBefore: number; count: number }
  /** Jobs stamped longer ago than this, in microseconds: a consumer had room and got none of them. */
  | { olderThanMicros: number; count: number }

export interface Findings {
  suspicions: Suspicion[]
  /** Messages wait for this idle consumer, or were published again for it, and none reaches it: the consumer itself is broken.
   *  Seen on quorum queues of RabbitMQ 3.10 that are deleted and declared again at once. */
  isDeaf: boolean
  /** The consumer is idle: the broker is to be asked whether messages wait. Redis does not know all jobs (decision 16). */
  asksBroker: boolean
}

/** More than the time that a message takes through the broker. */
const PATIENCE_MICROS = 2_000_000

/** Jobs that are published again for an idle consumer, or because younger jobs have started. */
const BATCH_OF_IDLE_CONSUMER = 200
const BATCH_OF_OVERTAKEN_JOBS = 100

/** How soon the broker is asked again whether messages wait for an idle consumer, in milliseconds; doubled each time. */
const FIRST_ASKED_AGAIN_MS = 2_000
const LAST_ASKED_AGAIN_MS = 60_000

/** A job is not published a third time before this time is over, in milliseconds: its second message may be far back. */
const REPUBLISH_MS = 30_000
const MOST_REMEMBERED = 10_000

/** Watches one worker's deliveries for signs that messages were lost. Ticks once a second. */
export class LostMessageWatch {
  /** Highest stamp of a job that started in its turn: in this second, by the one before, by all earlier ones. */
  #started: [number, number, number] = [0, 0, 0]
  #deliveries = 0
  #deliveriesAtLastTick = 0
  #hadRoom = false
  #publishedForIdle = false
  /** As the broker said when it was last asked, since the last delivery. */
  #messagesWait: boolean | undefined
  /** By `monotonicMs`. */
  #asksBrokerAt = 0
  #askedAgainMs = FIRST_ASKED_AGAIN_MS
  /** Stamps of overtaken jobs, and when their message was published again, by `monotonicMs`; the oldest first. */
  readonly #republishedAt = new Map<string, number>()

  noteDelivery(): void {
    this.#deliveries += 1
    this.#publishedForIdle = false
    this.#messagesWait = undefined
    this.#asksBrokerAt = 0
    this.#askedAgainMs = FIRST_ASKED_AGAIN_MS
  }

  /** A job has started in its message's turn. */
  noteActivation(stamp: string): void {
    this.#started[0] = Math.max(this.#started[0], Number(stamp))
  }

  /** Jobs were published again because this consumer was idle, and the broker has confirmed them. */
  notePublishedForIdle(): void {
    this.#publishedForIdle = true
  }

  /** The broker was asked how many messages wait. */
  noteReady(count: number): void {
    this.#messagesWait = count > 0
  }

  /** Whether nothing has come since the broker said that no message waits. */
  get isCalm(): boolean {
    return this.#messagesWait === false
  }

  /** Of overtaken jobs those that were not published again a short while ago; remembers them. */
  notRepublished<T extends { readonly stamp: string }>(jobs: T[]): T[] {
    const now = monotonicMs()
    for (const [stamp, at] of this.#republishedAt) {
      if (now - at < REPUBLISH_MS && this.#republishedAt.size <= MOST_REMEMBERED) break
      this.#republishedAt.delete(stamp)
    }
    const others = jobs.filter(({ stamp }) => !this.#republishedAt.has(stamp))
    for (const { stamp } of others) this.#republishedAt.set(stamp, now)
    return others
  }

  /** @param hasRoom - whether the broker could deliver to this worker now */
  tick(hasRoom: boolean): Findings {
    const isIdle = hasRoom && this.#hadRoom && this.#deliveries === this.#deliveriesAtLastTick
    this.#hadRoom = hasRoom
    this.#deliveriesAtLastTick = this.#deliveries

    const [current, previous, older] = this.#started
    this.#started = [current, current, previous]
    const isDeaf = isIdle && (this.#publishedForIdle || this.#messagesWait === true)
    this.#publishedForIdle = false
    if (isDeaf) this.#messagesWait = undefined
    const suspicions: Suspicion[] = []
    if (older > 0) suspicions.push({ stampedBefore: older, count: BATCH_OF_OVERTAKEN_JOBS })
    if (isIdle && !isDeaf)
      suspicions.push({ olderThanMicros: PATIENCE_MICROS, count: BATCH_OF_IDLE_CONSUMER })
    return { suspicions, isDeaf, asksBroker: isIdle && !isDeaf && this.#isTimeToAsk() }
  }

  #isTimeToAsk(): boolean {
    const now = monotonicMs()
    if (now < this.#asksBrokerAt) return false
    this.#asksBrokerAt = now + this.#askedAgainMs
    this.#askedAgainMs = Math.min(2 * this.#askedAgainMs, LAST_ASKED_AGAIN_MS)
    return true
  }
}
