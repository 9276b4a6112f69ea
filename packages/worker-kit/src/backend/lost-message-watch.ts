/** Which waiting jobs may have lost their message (R6). */
export type Suspicion =
  /** Jobs stamped before one that was activated more than two seconds ago. */
  | { before: number; count: number }
  /** Jobs stamped longer ago than this, in microseconds: a consumer had free credit and got none of them. */
  | { olderThanMicros: number; count: number }

/** More than the time a message takes through the broker. */
const PATIENCE_MICROS = 2_000_000
const BATCH_OF_IDLE_CONSUMER = 200

/** Watches one worker's deliveries for signs that a message was lost. Ticks once a second. */
export class LostMessageWatch {
  /** Highest stamp activated: in this second, the one before, and all earlier ones. */
  #activated: [number, number, number] = [0, 0, 0]
  #deliveriesAtLastTick = 0
  #wasFree = false
  #deliveries = 0

  noteDelivery(): void {
    this.#deliveries += 1
  }

  noteActivation(stamp: string): void {
    this.#activated[0] = Math.max(this.#activated[0], Number(stamp))
  }

  /** @param hasFreeCredit - whether the broker could deliver to this worker now. */
  tick(hasFreeCredit: boolean): Suspicion[] {
    const idle = hasFreeCredit && this.#wasFree && this.#deliveries === this.#deliveriesAtLastTick
    this.#wasFree = hasFreeCredit
    this.#deliveriesAtLastTick = this.#deliveries

    const [current, previous, older] = this.#activated
    this.#activated = [current, current, previous]
    const suspicions: Suspicion[] = []
    if (older > 0) suspicions.push({ before: older, count: 1 })
    if (idle) suspicions.push({ olderThanMicros: PATIENCE_MICROS, count: BATCH_OF_IDLE_CONSUMER })
    return suspicions
  }
}
