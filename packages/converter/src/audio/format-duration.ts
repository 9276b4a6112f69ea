/** A length in words: `6.0 s`, `12 min 5 s`, `6 h 0 min`. */
export function formatDuration(seconds: number): string {
  if (seconds < 100) return `${seconds.toFixed(1)} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** A share in words: `6.0 of 10.0 s`, `59.0 s of 1 h 2 min`. */
export function formatPart(partSeconds: number, wholeSeconds: number): string {
  if (wholeSeconds < 100) return `${partSeconds.toFixed(1)} of ${formatDuration(wholeSeconds)}`
  return `${formatDuration(partSeconds)} of ${formatDuration(wholeSeconds)}`
}
