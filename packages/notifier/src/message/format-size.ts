const units = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const

/** `8.4 MB`: powers of 1000, as file managers and download pages count. One digit after the point below 10. */
export function formatSize(sizeBytes: number): string {
  let value = sizeBytes
  let index = 0
  // 999.5 would be shown as 1000: it belongs to the next unit.
  while (value >= 999.5 && index < units.length - 1) {
    value /= 1000
    index += 1
  }
  const digits = index === 0 || value >= 9.95 ? 0 : 1
  return `${value.toFixed(digits)} ${index === 0 && value === 1 ? 'byte' : units[index]}`
}
