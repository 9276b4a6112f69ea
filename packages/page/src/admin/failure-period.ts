const dayMs = 86_400_000

/** The beginning of the first of some days, today the last of them, in UTC: failures are counted by such days.
 *  @param days - 1 is today alone */
export function startOfPeriod(now: Date, days: number): string {
  const today = Math.floor(now.getTime() / dayMs) * dayMs
  return new Date(today - (days - 1) * dayMs).toISOString()
}
