/** How long back the rate is measured, in milliseconds. */
const windowMs = 5_000

/** Measures how fast something grows, over the last seconds. */
export function createSpeedMeter(now: () => number = () => performance.now()) {
  const samples: { at: number; bytes: number }[] = []
  return {
    /** Notes how many bytes were sent up to now.
     *  @returns bytes per second; 0 while that cannot be told */
    note(bytes: number): number {
      const at = now()
      samples.push({ at, bytes })
      while (samples.length > 2 && at - (samples[0]?.at ?? at) > windowMs) samples.shift()
      const first = samples[0]
      if (!first || at - first.at < 500) return 0
      return Math.max(0, ((bytes - first.bytes) / (at - first.at)) * 1_000)
    },
  }
}
export type SpeedMeter = ReturnType<typeof createSpeedMeter>

/** How long the rest takes at this rate, in seconds; `undefined` while that cannot be told. */
export function secondsLeft(restBytes: number, bytesPerSecond: number): number | undefined {
  return bytesPerSecond > 0 ? restBytes / bytesPerSecond : undefined
}
