import type { JobEvent } from './job-event.ts'

/** The newest events, in memory: clients that come back go on from here without asking Redis. */
export class EventWindow {
  readonly #maxEvents: number
  #events: JobEvent[] = []
  /** All events after this id are known. */
  #coveredFrom: string
  #lastId: string

  /** @param startId - events after this id will be told
   *  @param maxEvents - how many are kept; up to a tenth more for a while */
  constructor(startId: string, maxEvents: number) {
    this.#coveredFrom = startId
    this.#lastId = startId
    this.#maxEvents = maxEvents
  }

  /** Id of the last event that was told, also of one that concerns nobody. */
  get lastId(): string {
    return this.#lastId
  }

  add(events: readonly JobEvent[], lastId: string): void {
    for (const event of events) this.#events.push(event)
    this.#lastId = lastId
    const surplus = this.#events.length - this.#maxEvents
    if (surplus < this.#maxEvents / 10) return
    this.#coveredFrom = (this.#events[surplus - 1] as JobEvent).id
    this.#events = this.#events.slice(surplus)
  }

  /** Events before this one may be missing. */
  forgetBefore(id: string): void {
    this.#coveredFrom = id
    this.#events = []
  }

  /** The events after an id; `undefined` if some may be missing, or the id is none of a stream. */
  after(id: string): readonly JobEvent[] | undefined {
    if (!isStreamId(id) || isBefore(id, this.#coveredFrom) || isBefore(this.#lastId, id)) return undefined
    let [low, high] = [0, this.#events.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (isBefore(id, (this.#events[middle] as JobEvent).id)) high = middle
      else low = middle + 1
    }
    return this.#events.slice(low)
  }
}

export function isStreamId(text: string): boolean {
  return /^\d{1,15}-\d{1,10}$/.test(text)
}

function isBefore(a: string, b: string): boolean {
  const [aMs = 0, aCount = 0] = a.split('-').map(Number)
  const [bMs = 0, bCount = 0] = b.split('-').map(Number)
  return aMs < bMs || (aMs === bMs && aCount < bCount)
}
