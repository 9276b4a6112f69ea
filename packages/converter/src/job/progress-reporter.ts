import type { ConversionProgress, ConversionStage } from '@jackalope/contracts'

/** Reports a job's progress: whole percents, never backwards, at most about four times a second; and each new stage. */
export interface ProgressReporter {
  /** Begins a stage. */
  enter(stage: ConversionStage): void
  /** @param percent - 0 to 100; at most 99 is reported, `finish` reports 100 */
  update(percent: number): void
  /** Reports 100 percent. */
  finish(): Promise<void>
}

const minIntervalMs = 250

/** @param report - sends the progress. A failed report is dropped: the next one replaces it
 *  @param now - clock, in milliseconds */
export function createProgressReporter(
  report: (progress: ConversionProgress) => Promise<void>,
  now: () => number = () => performance.now(),
): ProgressReporter {
  let stage: ConversionStage = 'fetching'
  let shown = 0
  let shownStage: ConversionStage | undefined
  let shownAt = Number.NEGATIVE_INFINITY
  let sending: Promise<void> | undefined
  const send = (percent: number) => {
    shown = percent
    shownStage = stage
    shownAt = now()
    sending = report({ percent, stage })
      .catch(() => {})
      .finally(() => {
        sending = undefined
        // A stage that has begun meanwhile.
        if (stage !== shownStage) void send(shown)
      })
    return sending
  }
  return {
    enter(next) {
      stage = next
      if (!sending && stage !== shownStage) void send(shown)
    },
    update(percent) {
      const whole = Math.min(Math.floor(percent), 99)
      // One report at a time: with a slow server they must neither pile up nor overtake each other.
      if (whole > shown && !sending && now() - shownAt >= minIntervalMs) void send(whole)
    },
    async finish() {
      while (sending) await sending
      await send(100)
    },
  }
}
