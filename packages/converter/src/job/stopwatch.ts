/** Measures the parts of a job for the log. */
export interface Stopwatch {
  /** Ends the current part. */
  lap(part: string): void
  /** Length of each part in milliseconds, under names such as `fetchMs`. */
  readonly lapsMs: Readonly<Record<string, number>>
}

export function createStopwatch(): Stopwatch {
  let lapStart = performance.now()
  const lapsMs: Record<string, number> = {}
  return {
    lapsMs,
    lap(part) {
      const now = performance.now()
      lapsMs[`${part}Ms`] = Math.round(now - lapStart)
      lapStart = now
    },
  }
}
