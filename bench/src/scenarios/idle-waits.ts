import type { Run } from '../roles/worker.ts'

interface Span {
  from: number
  to: number
}

/** For every job, how long at a stretch it waited beside an idle worker, in microseconds. Counted from when every worker
 *  that took part had begun its first job.
 *  @param runs - of each worker
 *  @param concurrency - of each worker: it is idle while it runs at most half as many jobs; between two jobs every worker
 *    has a free slot for a moment */
export function idleWaits(runs: readonly (readonly Run[])[], concurrency: number): number[] {
  const active = runs.filter(own => own.length > 0)
  const since = Math.max(...active.map(own => Math.min(...own.map(({ startedAt }) => startedAt))))
  const end = Math.max(...active.flat().map(({ endedAt }) => endedAt))
  const idle = merge(runs.flatMap(own => idleSpans(own, Math.floor(concurrency / 2), end)))
  return active
    .flat()
    .map(({ addedAt, startedAt }) => longestOverlap({ from: Math.max(addedAt, since), to: startedAt }, idle))
}

function idleSpans(runs: readonly Run[], idleUpTo: number, end: number): Span[] {
  const changes = runs
    .flatMap(({ startedAt, endedAt }) => [
      { at: startedAt, by: 1 },
      { at: endedAt, by: -1 },
    ])
    // At one moment, an end makes room before a start takes it.
    .toSorted((a, b) => a.at - b.at || a.by - b.by)
  const spans: Span[] = []
  let running = 0
  let idleSince: number | undefined = Number.NEGATIVE_INFINITY
  for (const { at, by } of changes) {
    running += by
    if (running > idleUpTo && idleSince !== undefined) {
      spans.push({ from: idleSince, to: at })
      idleSince = undefined
    } else if (running <= idleUpTo) idleSince ??= at
  }
  return idleSince === undefined ? spans : [...spans, { from: idleSince, to: end }]
}

function merge(spans: readonly Span[]): Span[] {
  const merged: Span[] = []
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1)
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to)
    else merged.push({ ...span })
  }
  return merged
}

function longestOverlap(wait: Span, idle: readonly Span[]): number {
  return idle.reduce(
    (longest, { from, to }) => Math.max(longest, Math.min(wait.to, to) - Math.max(wait.from, from)),
    0,
  )
}
