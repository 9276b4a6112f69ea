/** One time series at a moment. */
export interface Sample {
  name: string
  labels: Record<string, string>
  value: number
}

interface Family {
  type: string
  help: string
  samples: Sample[]
}

const nameForm = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/
const sampleForm = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/
const labelForm = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/y

/** A strict reader of Prometheus' text format, version 0.0.4.
 *  @throws {Error} that names the first line that is against the format, or against the naming rules of Prometheus. */
export function parseMetrics(text: string): Map<string, Family> {
  if (!text.endsWith('\n')) throw new Error('the last line does not end')
  const families = new Map<string, Family>()
  const seen = new Set<string>()
  let help: { name: string; text: string } | undefined
  let current: { name: string; family: Family } | undefined
  for (const line of text.slice(0, -1).split('\n')) {
    const fault = (what: string) => new Error(`${what}: ${line}`)
    if (line === '') continue
    const comment = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) as [string, string, string, string] | null
    if (comment?.[1] === 'HELP') {
      help = { name: comment[2], text: comment[3] }
    } else if (comment) {
      const [, , name, type] = comment
      if (help?.name !== name) throw fault('no HELP before')
      if (!nameForm.test(name)) throw fault('no name')
      if (families.has(name)) throw fault('a second time')
      if (!['counter', 'gauge', 'histogram', 'summary'].includes(type)) throw fault('no type')
      if ((type === 'counter') !== name.endsWith('_total')) throw fault('_total is for counters')
      current = { name, family: { type, help: help.text, samples: [] } }
      families.set(name, current.family)
    } else {
      const match = sampleForm.exec(line)
      if (!match || line.startsWith('#')) throw fault('no line of the format')
      const [, name, labelText = '', number] = match as unknown as [
        string,
        string,
        string | undefined,
        string,
      ]
      const suffixes = current?.family.type === 'histogram' ? ['_bucket', '_sum', '_count'] : ['']
      if (!suffixes.some(suffix => name === `${current?.name}${suffix}`))
        throw fault('not of the family before')
      const value = number === '+Inf' ? Number.POSITIVE_INFINITY : Number(number)
      if (Number.isNaN(value) && number !== 'NaN') throw fault('no number')
      const key = `${name}{${labelText}}`
      if (seen.has(key)) throw fault('a second time')
      seen.add(key)
      current?.family.samples.push({ name, labels: parseLabels(labelText, fault), value })
    }
  }
  for (const [name, family] of families) if (family.type === 'histogram') checkHistogram(name, family)
  return families
}

function parseLabels(text: string, fault: (what: string) => Error): Record<string, string> {
  const labels: Record<string, string> = {}
  labelForm.lastIndex = 0
  while (labelForm.lastIndex < text.length) {
    const match = labelForm.exec(text)
    if (!match) throw fault('no labels')
    labels[match[1] as string] = match[2] as string
  }
  return labels
}

/** Buckets only grow, and the last has all. */
function checkHistogram(name: string, { samples }: Family): void {
  const series = Map.groupBy(samples, ({ labels: { le: _le, ...others } }) => JSON.stringify(others))
  for (const all of series.values()) {
    const buckets = all.filter(sample => sample.name === `${name}_bucket`)
    for (const [i, { value }] of buckets.entries())
      if (value < (buckets[i - 1]?.value ?? 0))
        throw new Error(`${name}: a bucket has less than the one before`)
    const count = all.find(sample => sample.name === `${name}_count`)
    if (buckets.at(-1)?.labels.le !== '+Inf' || buckets.at(-1)?.value !== count?.value)
      throw new Error(`${name}: the last bucket does not have all`)
  }
}

/** The value of the one series with these labels; `undefined` when there is none. */
export function sampleOf(
  families: Map<string, Family>,
  family: string,
  labels: Record<string, string> = {},
  name = family,
): number | undefined {
  const matching = (families.get(family)?.samples ?? []).filter(
    sample =>
      sample.name === name && Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
  )
  if (matching.length > 1) throw new Error(`${name}: ${matching.length} series have these labels`)
  return matching[0]?.value
}
