import type { Series } from '../comparison/run-comparison.ts'
import type { ProcessName } from '../comparison/stage.ts'
import { type ContestantName, contestantNames, contestants } from '../contestants.ts'
import { type Measure, type MeasureName, measureNames, measures, type Unit } from '../measures.ts'
import { type Summary, summarize, summarizeRatios } from '../statistics.ts'
import { renderTable } from './table.ts'

const bases = ['stock-always', 'stock'] as const satisfies ContestantName[]
const processNames: readonly ProcessName[] = ['producer', 'worker', 'redis', 'rabbitmq']

/** The figures, their ratios and the CPU time behind them, as Markdown; one section for each payload. */
export function renderComparison(series: readonly Series[]): string {
  const payloads = [...new Set(series.map(({ payloadBytes }) => payloadBytes))]
  return payloads
    .map(payloadBytes => {
      const own = series.filter(candidate => candidate.payloadBytes === payloadBytes)
      const sections = [
        `Payload of ${payloadBytes} bytes`,
        renderFigures(own),
        ...renderRatios(own),
        ...renderCpu(own),
      ]
      return sections.join('\n\n')
    })
    .join('\n\n')
}

function renderFigures(series: readonly Series[]): string {
  const present = presentContestants(series)
  const rows = presentMeasures(series).flatMap(measure => {
    const figures = (pick: (one: Series['rounds'][number]) => number | undefined) =>
      present.map(name => {
        const values = find(series, name, measure.name)?.rounds.flatMap(round => pick(round) ?? []) ?? []
        return values.length === 0 ? '' : showSpread(summarize(values), figureDigits[measure.unit])
      })
    const main = [`${measure.title} (${measure.unit})`, ...figures(({ value }) => value)]
    return measure.kind === 'latency' ? [main, ['... p99 (ms)', ...figures(({ p99 }) => p99)]] : [main]
  })
  return renderTable(['median (min-max)', ...present], rows)
}

/** All beside both ways to run stock BullMQ, and what is to be reached. */
function renderRatios(series: readonly Series[]): string[] {
  return bases.flatMap(base => {
    const compared = presentContestants(series).filter(name => name !== base)
    const rows = presentMeasures(series).flatMap(measure => {
      const baseValues = find(series, base, measure.name)?.rounds.map(({ value }) => value)
      if (!baseValues) return []
      const cells = compared.map(name => {
        const values = find(series, name, measure.name)?.rounds.map(({ value }) => value) ?? []
        const ratio = summarizeRatios(values, baseValues)
        return ratio ? showSpread(ratio, 2) : ''
      })
      return [[measure.title, ...cells, ...targetsOf(measure, base)]]
    })
    if (rows.length === 0) return []
    const header = [`ratio to ${base}`, ...compared]
    return [renderTable([...header, ...targetHeader(base)], rows)]
  })
}

function renderCpu(series: readonly Series[]): string[] {
  const rows = presentMeasures(series).flatMap(measure =>
    presentContestants(series).flatMap(name => {
      const rounds = find(series, name, measure.name)?.rounds ?? []
      const spent = processNames.map(process => {
        const values = rounds.flatMap(({ cpuMicros }) => cpuMicros[process] ?? [])
        return values.length === 0 || isIdle(measure, process) ? undefined : summarize(values).median
      })
      if (spent.every(micros => micros === undefined)) return []
      const total = spent.reduce<number>((sum, micros) => sum + (micros ?? 0), 0)
      const cells = [...spent, total].map(micros => micros?.toFixed(0) ?? '')
      return [[`${measure.title}: ${name}`, ...cells]]
    }),
  )
  return rows.length === 0 ? [] : [renderTable(['CPU microseconds per job', ...processNames, 'all'], rows)]
}

/** Whether a process has no part in what is measured. */
function isIdle({ kind }: Measure, process: ProcessName): boolean {
  return (kind === 'fill' && process === 'worker') || (kind === 'drain' && process === 'producer')
}

/** What the names in the tables stand for. */
export function renderLegend(series: readonly Series[]): string {
  return presentContestants(series)
    .map(name => `- ${name}: ${contestants[name].title}`)
    .join('\n')
}

const figureDigits: Record<Unit, number> = { 'jobs/s': 0, ms: 2, 'bytes/job': 0 }

function showSpread({ median, min, max }: Summary, digits: number): string {
  return `${median.toFixed(digits)} (${min.toFixed(digits)}-${max.toFixed(digits)})`
}

const targeted = ['quorum', 'quorum-start'] as const

/** Targets are ratios to stock BullMQ at equal durability. */
function targetHeader(base: (typeof bases)[number]): string[] {
  return base === 'stock-always' ? targeted.map(name => `target, ${name}`) : []
}

function targetsOf({ targets, unit }: Measure, base: (typeof bases)[number]): string[] {
  if (base !== 'stock-always') return []
  return targeted.map(name => {
    const target = targets[name]
    return target === undefined ? '' : `${unit === 'ms' ? '<=' : '>='} ${target}`
  })
}

function presentContestants(series: readonly Series[]): ContestantName[] {
  return contestantNames.filter(name => series.some(({ contestant }) => contestant === name))
}

function presentMeasures(series: readonly Series[]): Measure[] {
  return measureNames
    .filter(name => series.some(({ measure }) => measure === name))
    .map(name => measures[name])
}

function find(
  series: readonly Series[],
  contestant: ContestantName,
  measure: MeasureName,
): Series | undefined {
  return series.find(candidate => candidate.contestant === contestant && candidate.measure === measure)
}
