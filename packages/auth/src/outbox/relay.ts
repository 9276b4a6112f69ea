import { randomUUID } from 'node:crypto'
import { withTimeLimit } from '@jackalope/service-kit'
import type { Logger } from 'pino'
import type { OutboxRow, OutboxStore } from './outbox-store.ts'

/** What became of a row: its job is added, it failed for a reason of its own, or a server is away. */
export type Publication = 'added' | { failed: Error } | { away: Error }

export interface RelayOptions {
  store: OutboxStore
  /** Adds a row's job to its queue, under the row's id. A row may come again, also to another relay: the second job of an
   *  id must be none. Takes 20 seconds at most. */
  publish: (row: OutboxRow) => Promise<Publication>
  logger: Logger
  /** Longest wait for rows that nobody announced, such as those of a dead process, in milliseconds. @default 5_000 */
  pollMs?: number
  /** Rows that are claimed at once. Integer >= 1. @default 50 */
  batchSize?: number
  /** How long claimed rows belong to a relay, in milliseconds; longer than `publish` may take. @default 60_000 */
  leaseMs?: number
  /** Wait after the first of several passes that failed, in milliseconds; it doubles with each. @default 250 */
  minBackoffMs?: number
  /** @default 30_000 */
  maxBackoffMs?: number
}

/** Longest wait between attempts to add one row's job that fails for a reason of its own, in milliseconds. */
const maxPostponeMs = 60 * 60_000
/** Longest time that a relay takes to stop, in milliseconds. */
const closeTimeoutMs = 25_000

/** Moves jobs from an outbox to their queues. Any number of relays may work on one outbox. */
export class Relay {
  readonly #options: Required<RelayOptions>
  readonly #id = randomUUID()
  readonly #running: Promise<void>
  #failures = 0
  #awake = true
  #closed = false
  #resume: () => void = () => {}

  /** Starts at once. */
  constructor(options: RelayOptions) {
    this.#options = {
      ...{ pollMs: 5_000, batchSize: 50, leaseMs: 60_000, minBackoffMs: 250, maxBackoffMs: 30_000 },
      ...options,
    }
    this.#running = this.#run()
  }

  /** There is a new row. While servers are away this does not shorten the wait. */
  wake(): void {
    this.#awake = true
    if (this.#failures === 0) this.#resume()
  }

  /** Stops when the rows at hand are dealt with. Safe to call twice; takes at most 25 s. */
  close(): Promise<void> {
    this.#closed = true
    this.#resume()
    return withTimeLimit(closeTimeoutMs, 'The relay did not stop', () => this.#running)
  }

  async #run(): Promise<void> {
    while (!this.#closed) {
      this.#awake = false
      try {
        const isFull = (await this.#pass()) === this.#options.batchSize
        if (this.#failures > 0) this.#options.logger.info('the outbox is relayed again')
        this.#failures = 0
        if (isFull || this.#awake) continue
      } catch (error) {
        if (this.#failures === 0) this.#options.logger.warn({ err: error }, 'the outbox is not relayed')
        this.#failures += 1
      }
      if (!this.#closed) await this.#wait(this.#waitMs())
    }
  }

  #waitMs(): number {
    const { pollMs, minBackoffMs, maxBackoffMs } = this.#options
    const fullMs =
      this.#failures === 0 ? pollMs : Math.min(minBackoffMs * 2 ** (this.#failures - 1), maxBackoffMs)
    // Jitter: relays that lost the same server must not come back at the same moment.
    return fullMs * (0.5 + Math.random() / 2)
  }

  async #wait(waitMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#resume = resolve
    const timer = setTimeout(resolve, waitMs)
    await promise
    clearTimeout(timer)
    this.#resume = () => {}
  }

  /** Deals with one batch; gives its size.
   *  @throws {Error} when a server is away */
  async #pass(): Promise<number> {
    const { store, batchSize, leaseMs } = this.#options
    const rows = await store.claim(this.#id, batchSize, leaseMs)
    const outcomes = await Promise.all(
      rows.map(async row => ({ row, publication: await this.#publish(row) })),
    )
    const added = outcomes.filter(({ publication }) => publication === 'added')
    await store.remove(
      this.#id,
      added.map(({ row }) => row.id),
    )
    const unsent: string[] = []
    let outage: Error | undefined
    for (const { row, publication } of outcomes) {
      if (publication === 'added') continue
      if ('failed' in publication) await this.#postpone(row, publication.failed)
      else {
        outage = publication.away
        unsent.push(row.id)
      }
    }
    await store.release(this.#id, unsent)
    if (outage) throw outage
    return rows.length
  }

  async #publish(row: OutboxRow): Promise<Publication> {
    try {
      return await this.#options.publish(row)
    } catch (error) {
      return { failed: error as Error }
    }
  }

  /** One row that can never be added must not keep back the others. It stays, for an operator to see. */
  async #postpone({ id, queue, failures }: OutboxRow, err: Error): Promise<void> {
    const { store, logger } = this.#options
    logger.error({ outboxId: id, queue, failures: failures + 1, err }, 'a job of the outbox cannot be added')
    await store.postpone(this.#id, id, Math.min(1_000 * 2 ** failures, maxPostponeMs))
  }
}
