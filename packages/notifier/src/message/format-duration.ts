/** `47 s`, `3 min 20 s`, `1 h 2 min`: the two largest units that matter to a listener. */
export function formatDuration(durationSeconds: number): string {
  const seconds = Math.round(durationSeconds)
  if (seconds < 1) return 'less than 1 s'
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return joinUnits(Math.floor(seconds / 60), 'min', seconds % 60, 's')
  const minutes = Math.round(seconds / 60)
  return joinUnits(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
}

function joinUnits(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`
}
