/** Which waiting jobs may have lost their message (R6). */
export type Suspicion =
  /** Jobs stamped before one that was activated more than two seconds ago. */
  | { before: number; count: number }
  /** Jobs stamped longer ago than this, in microseconds: a consumer had free credit and got none of them. */
  | { olderThanMicros: number; count: number }

export interface Findings {
  suspicions: Suspicion[]
  /** Jobs were published again for this idle consumer and still none reached it: the consumer itself is broken.
   *  Seen on quorum queues of RabbitMQ 3.10 that are deleted and declared again at once. */
  isDeaf: boolean
}

/** More than the time a message takes through the broker. */
const PATIENCE_MICROS = 2_000_000
const BATCH_OF_IDLE_CONSUMER = 200

/** Watches one worker's deliveries for signs that a message was lost. Ticks once a second. */
export class LostMessageWatch {
  /** Highest stamp activated: in this second, the one before, and all earlier ones. */
  #activated: [number, number, number] = [0, 0, 0]
  #deliveries = 0
  #deliveriesAtLastTick = 0
  #wasFree = false
  #publishedAgain = false

  noteDelivery(): void {
    this.#deliveries += 1
    this.#publishedAgain = false
  }

  noteActivation(stamp: string): void {
    this.#activated[0] = Math.max(this.#activated[0], Number(stamp))
  }

  /** Jobs were published again because this consumer was idle, and the broker has confirmed them. */
  notePublishedAgain(): void {
    this.#publishedAgain = true
  }

  /** @param hasFreeCredit - whether the broker could deliver to this worker now. */
  tick(hasFreeCredit: boolean): Findings {
    const isIdle = hasFreeCredit && this.#wasFree && this.#deliveries === this.#deliveriesAtLastTick
    this.#wasFree = hasFreeCredit
    this.#deliveriesAtLastTick = this.#deliveries

    const [current, previous, older] = this.#activated
    this.#activated = [current, current, previous]
    const isDeaf = isIdle && this.#publishedAgain
    this.#publishedAgain = false
    const suspicions: Suspicion[] = []
    if (older > 0) suspicions.push({ before: older, count: 1 })
    if (isIdle && !isDeaf)
      suspicions.push({ olderThanMicros: PATIENCE_MICROS, count: BATCH_OF_IDLE_CONSUMER })
    return { suspicions, isDeaf }
  }
}
