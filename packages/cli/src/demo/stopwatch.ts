type Report = (text: string, tookMs: number) => void

/** Runs a step, and reports it and its duration when it has succeeded. */
export type Stopwatch = <T>(text: string, work: () => Promise<T>) => Promise<T>

export function createStopwatch(report: Report): Stopwatch {
  return async (text, work) => {
    const began = performance.now()
    const result = await work()
    report(text, performance.now() - began)
    return result
  }
}
