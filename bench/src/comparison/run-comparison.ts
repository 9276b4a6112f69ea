import { type ContestantName, contestantNames } from '../contestants.ts'
import { jobCount, type MeasureName, measureNames, measures } from '../measures.ts'
import type { BenchServers } from '../servers.ts'
import { closeStage, openStage, type Stage } from './stage.ts'
import { runTrial, type TrialFigures } from './trial.ts'

export interface ComparisonPlan {
  /** @default all */
  contestants?: readonly ContestantName[]
  measures: readonly MeasureName[]
  /** Sizes of the jobs' data as JSON. */
  payloads: readonly number[]
  rounds: number
  /** Part of the full number of jobs, above 0 and at most 1. */
  share: number
  profileDir?: string
}

/** All figures of one measure, payload and contestant; one for each round. */
export interface Series {
  contestant: ContestantName
  measure: MeasureName
  payloadBytes: number
  jobs: number
  rounds: TrialFigures[]
}

export interface ComparisonDeps {
  servers: BenchServers
  /** Told what is going on. */
  say: (text: string) => void
  signal: AbortSignal
}

const warmUpShare = 0.25

/** Runs every trial of a plan, `rounds` times: what is compared is measured right after one another, each round begins
 *  with another contestant, and a first round with fewer jobs is thrown away. */
export async function runComparison(plan: ComparisonPlan, deps: ComparisonDeps): Promise<Series[]> {
  const stages: Stage[] = []
  try {
    for (const name of contestantNames)
      if (plan.contestants?.includes(name) ?? true) stages.push(await openStage(name, deps.servers))
    const series = new Map<string, Series>()
    deps.say('Warming up ...')
    await runRound(
      0,
      stages,
      { ...plan, share: plan.share * warmUpShare, profileDir: undefined },
      deps,
      () => {},
    )
    for (let round = 1; round <= plan.rounds; round += 1) {
      deps.say(`Round ${round} of ${plan.rounds}`)
      await runRound(round, stages, plan, deps, (key, figures) => {
        const id = `${key.contestant} ${key.measure} ${key.payloadBytes}`
        const known = series.get(id) ?? { ...key, rounds: [] }
        known.rounds.push(figures)
        series.set(id, known)
      })
    }
    return [...series.values()]
  } finally {
    await Promise.all(stages.map(closeStage))
  }
}

type Note = (key: Omit<Series, 'rounds'>, figures: TrialFigures) => void

async function runRound(
  round: number,
  stages: readonly Stage[],
  plan: ComparisonPlan,
  { say, signal }: ComparisonDeps,
  note: Note,
): Promise<void> {
  const first = round % stages.length
  const order = [...stages.slice(first), ...stages.slice(0, first)]
  for (const payloadBytes of plan.payloads)
    for (const name of measureNames) {
      if (!plan.measures.includes(name)) continue
      const measure = measures[name]
      const jobs = jobCount(measure, payloadBytes, plan.share)
      const shown: string[] = []
      for (const stage of order) {
        signal.throwIfAborted()
        const { contestant } = stage
        if (measure.kind === 'memory' && contestant.kind === 'amqplib') continue
        const figures = await runTrial(stage, {
          measure,
          payloadBytes,
          jobs,
          profileDir: plan.profileDir,
          signal,
        })
        shown.push(`${contestant.name} ${figures.value.toFixed(measure.unit === 'ms' ? 2 : 0)}`)
        note({ contestant: contestant.name, measure: name, payloadBytes, jobs }, figures)
      }
      say(`  ${measure.title}, ${payloadBytes} bytes (${measure.unit}): ${shown.join(', ')}`)
    }
}
