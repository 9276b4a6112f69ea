import { Gauge, type Registry } from 'prom-client'
import { findFaults, hasMethods, milliseconds, refuseFaults, required } from '../check-options.ts'
import type { Outbox, OutboxStats } from '../outbox/outbox.ts'
import { withTimeLimit } from '../time-limit.ts'
import { sharedLook } from './shared-look.ts'

export interface ObserveOutboxOptions {
  /** Registry that the metrics go into; prom-client's global registry is left alone. */
  register: Registry
  /** How long a scrape waits for the database, in milliseconds; then the scrape goes on without the metrics.
   *  Integer from 1 to 2,147,483,647. @default 2_000 */
  timeoutMs?: number
}

/** Puts the metrics of an outbox into a registry: how many jobs wait in its table, and for how long, is asked at each scrape. Call it
 *  once in each process that adds jobs or relays them; all tell the same.
 *  @throws {WorkerKitError} `ERR_INVALID_DEFINITION` that names every option that is out of range */
export function observeOutbox(outbox: Pick<Outbox<never>, 'stats'>, options: ObserveOutboxOptions): void {
  refuseFaults(
    'observeOutbox',
    findFaults(options, {
      register: required("a Registry of prom-client's", register => hasMethods(register, 'registerMetric')),
      timeoutMs: milliseconds(1),
    }),
  )
  const { register, timeoutMs = 2_000 } = options
  const noAnswer = () => undefined
  const look = sharedLook(() => withTimeLimit(outbox.stats().catch(noAnswer), timeoutMs, noAnswer))
  const gauge = (name: string, help: string, read: (stats: OutboxStats) => number) =>
    new Gauge({
      name: `worker_kit_outbox_${name}`,
      help,
      registers: [register],
      async collect() {
        const stats = await look()
        if (stats) this.set(read(stats))
        // While the database is away the metric is missing: an old number, or 0, would pass for a current one.
        else this.remove()
      },
    })
  gauge('jobs', 'Jobs in the table of the outbox, those with a delay included', ({ rows }) => rows)
  gauge('failed_jobs', 'Jobs in the table that could not be added', ({ failed }) => failed)
  gauge(
    'oldest_due_seconds',
    'How long the first job in the table that is due has been due',
    ({ oldestDueMs }) => oldestDueMs / 1_000,
  )
}
