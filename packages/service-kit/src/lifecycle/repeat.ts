export interface RepeatOptions {
  /** Time from one start to the next, in milliseconds. A run that takes longer is waited for. */
  intervalMs: number
  /** Aborting it ends the runs. */
  signal: AbortSignal
  /** Whether the first run is now, and not after the first interval. @default false */
  startsNow?: boolean
  /** Told of a failure, the first of several in a row. @default nobody is */
  onFailure?: (error: unknown) => void
}

/** Does something again and again, never twice at a time, until it is told to stop. It neither rejects nor keeps the process alive. */
export function repeat(work: () => Promise<unknown>, options: RepeatOptions): void {
  const { intervalMs, signal, startsNow = false, onFailure = () => {} } = options
  let isRunning = false
  let hasFailed = false
  const run = async () => {
    if (isRunning || signal.aborted) return
    isRunning = true
    try {
      await work()
      hasFailed = false
    } catch (error) {
      if (!hasFailed && !signal.aborted) onFailure(error)
      hasFailed = true
    } finally {
      isRunning = false
    }
  }
  if (signal.aborted) return
  const timer = setInterval(run, intervalMs).unref()
  signal.addEventListener('abort', () => clearInterval(timer), { once: true })
  if (startsNow) void run()
}
