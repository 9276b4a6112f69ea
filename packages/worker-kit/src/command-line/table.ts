/** Columns of plain text, as wide as their content. What a stranger may have written cannot drive the terminal.
 *  @param width - longest line, in characters: the last column is cut. @default unlimited */
export function formatTable(
  headings: readonly string[],
  rows: readonly (readonly unknown[])[],
  width = Number.POSITIVE_INFINITY,
): string {
  const cells = [headings, ...rows.map(row => row.map(showText))]
  const widths = headings.map((_, column) => Math.max(...cells.map(row => (row[column] ?? '').length)))
  return cells
    .map(row => row.map((cell, column) => cell.padEnd(widths[column] as number)).join('  '))
    .map(line => line.trimEnd())
    .map(line => (line.length > width ? `${line.slice(0, width - 1)}…` : line))
    .join('\n')
}

/** One line without control characters. */
export function showText(value: unknown): string {
  if (value === undefined || value === null) return '-'
  if (value instanceof Date) return value.toISOString().replace('T', ' ').slice(0, 19)
  return String(value)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim()
}

/** Several lines, such as a stack trace or JSON, without other control characters. */
export function showLines(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, ' ')
}
