/** @throws {RangeError} without values */
export function median(values: readonly number[]): number {
  return percentile(values, 50)
}

/** Between two values the result lies between them, as their distance says.
 *  @param percent - 0 to 100
 *  @throws {RangeError} without values */
export function percentile(values: readonly number[], percent: number): number {
  if (values.length === 0) throw new RangeError('there is no percentile of no values')
  const sorted = values.toSorted((a, b) => a - b)
  const rank = ((sorted.length - 1) * percent) / 100
  const [low, high] = [sorted[Math.floor(rank)] as number, sorted[Math.ceil(rank)] as number]
  return low + (high - low) * (rank - Math.floor(rank))
}

/** Middle and spread of one figure over the rounds. */
export interface Summary {
  median: number
  min: number
  max: number
  rounds: number
}

/** @throws {RangeError} without values */
export function summarize(values: readonly number[]): Summary {
  return {
    median: median(values),
    min: Math.min(...values),
    max: Math.max(...values),
    rounds: values.length,
  }
}

/** How one figure relates to another, round by round: both of a pair were measured right after one another, so what
 *  disturbed the whole machine for a while disturbs the ratio less than it does the figures.
 *  `undefined` when no round has both. */
export function summarizeRatios(
  values: readonly (number | undefined)[],
  bases: readonly (number | undefined)[],
): Summary | undefined {
  const ratios = values.flatMap((value, round) => {
    const base = bases[round]
    return value === undefined || base === undefined || base === 0 ? [] : [value / base]
  })
  return ratios.length === 0 ? undefined : summarize(ratios)
}
