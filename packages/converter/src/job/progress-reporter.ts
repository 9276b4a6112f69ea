/** Reports a job's progress: whole percents, never backwards, at most about four times a second. */
export interface ProgressReporter {
  /** @param percent - 0 to 100; at most 99 is reported, `finish` reports 100 */
  update(percent: number): void
  /** Reports 100 percent. */
  finish(): Promise<void>
}

const minIntervalMs = 250

/** @param report - sends a whole percent. A failed report is dropped: the next one replaces it
 *  @param now - clock, in milliseconds */
export function createProgressReporter(
  report: (percent: number) => Promise<void>,
  now: () => number = () => performance.now(),
): ProgressReporter {
  let shown = 0
  let shownAt = Number.NEGATIVE_INFINITY
  let sending: Promise<void> | undefined
  const send = (percent: number) => {
    shown = percent
    shownAt = now()
    sending = report(percent)
      .catch(() => {})
      .finally(() => {
        sending = undefined
      })
    return sending
  }
  return {
    update(percent) {
      const whole = Math.min(Math.floor(percent), 99)
      // One report at a time: with a slow server they must neither pile up nor overtake each other.
      if (whole > shown && !sending && now() - shownAt >= minIntervalMs) void send(whole)
    },
    async finish() {
      await sending
      await send(100)
    },
  }
}
