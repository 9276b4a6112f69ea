/** How jobs are put on a queue: one after another, by 50 callers at once, or 500 in a call. */
export type FillMode = 'single' | 'fifty' | 'bulk'

export const measureNames = [
  'add',
  'add-50',
  'add-bulk',
  'drain-1',
  'drain-10',
  'drain-50',
  'latency',
  'memory',
] as const
export type MeasureName = (typeof measureNames)[number]

export type Unit = 'jobs/s' | 'ms' | 'bytes/job'

/** The least ratio to stock-always that the project wants to reach; for a time, the greatest. */
export type Targets = Partial<Record<'quorum' | 'quorum-start', number>>

interface MeasureBase {
  name: MeasureName
  title: string
  unit: Unit
  /** Jobs of one trial with small payloads; 10-KB payloads take fewer. */
  jobs: number
  targets: Targets
}

export type Measure =
  | (MeasureBase & { kind: 'fill'; mode: FillMode })
  | (MeasureBase & { kind: 'drain'; concurrency: number })
  | (MeasureBase & { kind: 'latency' })
  | (MeasureBase & { kind: 'memory' })

/** Concurrency of the worker that empties a queue when emptying it is not what is measured. */
export const unmeasuredConcurrency = 50

/** Time between two adds when latency is measured, in milliseconds: the worker has long been idle by the next one. */
export const latencyPaceMs = 10

const rate = { unit: 'jobs/s' } as const

export const measures: Record<MeasureName, Measure> = {
  add: {
    name: 'add',
    title: 'add, one by one',
    kind: 'fill',
    mode: 'single',
    jobs: 3_000,
    targets: { 'quorum-start': 0.7 },
    ...rate,
  },
  'add-50': {
    name: 'add-50',
    title: 'add, 50 at once',
    kind: 'fill',
    mode: 'fifty',
    jobs: 20_000,
    targets: { quorum: 0.6, 'quorum-start': 1.1 },
    ...rate,
  },
  'add-bulk': {
    name: 'add-bulk',
    title: 'addBulk of 500',
    kind: 'fill',
    mode: 'bulk',
    jobs: 30_000,
    targets: { quorum: 0.9, 'quorum-start': 1.4 },
    ...rate,
  },
  'drain-1': {
    name: 'drain-1',
    title: 'drain, concurrency 1',
    kind: 'drain',
    concurrency: 1,
    jobs: 5_000,
    targets: { quorum: 1.4, 'quorum-start': 1.2 },
    ...rate,
  },
  'drain-10': {
    name: 'drain-10',
    title: 'drain, concurrency 10',
    kind: 'drain',
    concurrency: 10,
    jobs: 12_000,
    targets: { quorum: 1.25, 'quorum-start': 1.1 },
    ...rate,
  },
  'drain-50': {
    name: 'drain-50',
    title: 'drain, concurrency 50',
    kind: 'drain',
    concurrency: 50,
    jobs: 20_000,
    targets: { quorum: 1, 'quorum-start': 0.9 },
    ...rate,
  },
  latency: {
    name: 'latency',
    title: 'latency, add to start, p50',
    kind: 'latency',
    unit: 'ms',
    jobs: 300,
    targets: { quorum: 1.4, 'quorum-start': 1 },
  },
  memory: {
    name: 'memory',
    title: 'Redis, per waiting job',
    kind: 'memory',
    unit: 'bytes/job',
    jobs: 5_000,
    targets: {},
  },
}

/** Jobs of one trial.
 *  @param share - part of the full number, for quick runs and warm-ups; above 0, at most 1 */
export function jobCount({ kind, jobs }: Measure, payloadBytes: number, share: number): number {
  const large = payloadBytes >= 4_096 && kind !== 'latency' ? 0.3 : 1
  // Percentiles need values, and a latency's jobs come at a set pace anyway.
  return Math.max(kind === 'latency' ? 100 : 20, Math.round(jobs * large * share))
}
