import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import { findFaults, hasMethods, milliseconds, optional, refuseFaults, required } from '../check-options.ts'
import type { JobEventName } from '../kit/job-events.ts'
import type { Kit } from '../kit/kit.ts'
import type { QueueStats } from '../kit/queue-stats.ts'
import { withTimeLimit } from '../time-limit.ts'
import { sharedLook } from './shared-look.ts'

export interface ObserveOptions {
  /** Registry that the metrics go into; prom-client's global registry is left alone. */
  register: Registry
  /** Upper bounds of the histogram of durations, in seconds. @default 0.005 to 3600 */
  durationBuckets?: number[]
  /** How long a scrape waits for Redis and the broker, in milliseconds; then the scrape goes on without their metrics.
   *  Integer from 1 to 2,147,483,647. @default 2_000 */
  timeoutMs?: number
}

const defaultBuckets = [0.005, 0.025, 0.1, 0.5, 1, 5, 15, 60, 300, 900, 3_600]

const counted: Record<JobEventName, string> = {
  started: 'Attempts that workers of this process have started',
  completed: 'Jobs that have completed here',
  failed: 'Jobs that have failed for good here, canceled ones aside',
  retried: 'Attempts that have failed here and are made again',
  postponed: 'Attempts that were put off here, and do not count',
  canceled: 'Jobs that were canceled: while they ran here, or by this process before they started',
  stalled: 'Jobs that had lost their worker, as found by this process',
}

/** Puts the metrics of a kit into a registry: what its workers do is counted as it happens, how full its queues are is
 *  asked at each scrape. Call it once for a kit, before `kit.work`.
 *  @throws {WorkerKitError} `ERR_INVALID_DEFINITION` that names every option that is out of range */
export function observeKit(kit: Kit, options: ObserveOptions): void {
  refuseFaults(
    'observeKit',
    findFaults(options, {
      register: required("a Registry of prom-client's", register => hasMethods(register, 'registerMetric')),
      durationBuckets: optional('a list of numbers, each greater than the one before', isAscending),
      timeoutMs: milliseconds(1),
    }),
  )
  countJobs(kit, options)
  countTraffic(kit, options)
  measureQueues(kit, options)
}

function isAscending(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((bound, i) => Number.isFinite(bound) && (i === 0 || bound > value[i - 1]))
  )
}

function countJobs(kit: Kit, { register, durationBuckets = defaultBuckets }: ObserveOptions): void {
  const counters = Object.entries(counted).map(([name, help]) => {
    const counter = new Counter({
      name: `worker_kit_jobs_${name}_total`,
      help,
      labelNames: ['queue'],
      registers: [register],
      collect() {
        // Prometheus computes a rate from the first job on if the series started at 0.
        for (const queue of kit.queueNames) this.inc({ queue }, 0)
      },
    })
    return [name, counter] as const
  })
  const byName = Object.fromEntries(counters) as Record<JobEventName, Counter>
  const durations = new Histogram({
    name: 'worker_kit_job_duration_seconds',
    help: 'How long attempts took, by how they ended: completed, failed, retried, postponed or canceled',
    labelNames: ['queue', 'outcome'],
    buckets: durationBuckets,
    registers: [register],
  })
  kit.onJob(({ queue, name, durationMs }) => {
    byName[name].inc({ queue })
    if (durationMs !== undefined) durations.observe({ queue, outcome: name }, durationMs / 1_000)
  })
}

/** The broker's connections count their traffic; each scrape reads the counts. */
function countTraffic(kit: Kit, { register }: ObserveOptions): void {
  new Counter({
    name: 'worker_kit_publishes_total',
    help: 'Messages that the broker has confirmed, and those that it has not in time',
    labelNames: ['result'],
    registers: [register],
    collect() {
      const { confirmed, unconfirmed } = kit.traffic
      this.reset()
      this.inc({ result: 'confirmed' }, confirmed)
      this.inc({ result: 'unconfirmed' }, unconfirmed)
    },
  })
  new Counter({
    name: 'worker_kit_broker_reconnects_total',
    help: 'How often a connection to the broker came back after it was lost',
    labelNames: ['purpose'],
    registers: [register],
    collect() {
      const { publish, consume } = kit.traffic.reconnects
      this.reset()
      this.inc({ purpose: 'publish' }, publish)
      this.inc({ purpose: 'consume' }, consume)
    },
  })
}

/** One look at the servers for all gauges. What the servers do not answer is left out: an old number would pass for a
 *  current one. */
function measureQueues(kit: Kit, { register, timeoutMs = 2_000 }: ObserveOptions): void {
  const noAnswer = () => undefined
  const look = sharedLook(() => withTimeLimit(kit.queueStats().catch(noAnswer), timeoutMs, noAnswer))
  const gauge = (name: string, help: string, read: (stats: QueueStats) => number | undefined) =>
    new Gauge({
      name: `worker_kit_queue_${name}`,
      help,
      labelNames: ['queue'],
      registers: [register],
      async collect() {
        this.reset()
        for (const stats of (await look()) ?? []) {
          const value = read(stats)
          if (value !== undefined) this.set({ queue: stats.queue }, value)
        }
      },
    })
  new Gauge({
    name: 'worker_kit_queue_jobs',
    help: 'Jobs by state, as Redis has them; every process that uses the queue tells the same',
    labelNames: ['queue', 'state'],
    registers: [register],
    async collect() {
      this.reset()
      for (const { queue, jobs } of (await look()) ?? [])
        for (const [state, count] of Object.entries(jobs)) this.set({ queue, state }, count)
    },
  })
  gauge('messages_ready', 'Messages in the broker that no worker holds', stats => stats.broker?.ready)
  gauge('consumers', 'Subscriptions of workers, as the broker has them', stats => stats.broker?.consumers)
  gauge(
    'dead_letters',
    'Jobs that failed for good, and messages that were no jobs',
    stats => stats.broker?.deadLetters,
  )
  gauge(
    'dead_letters_limit',
    'Most dead letters that are kept, by the option deadLetters.maxCount; missing without it',
    stats => stats.maxDeadLetters,
  )
  new Gauge({
    name: 'worker_kit_servers_answered',
    help: 'Whether Redis and the broker answered at this scrape',
    registers: [register],
    async collect() {
      this.set((await look()) ? 1 : 0)
    },
  })
}
