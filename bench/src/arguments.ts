import { parseArgs } from 'node:util'
import { type ContestantName, contestantNames } from './contestants.ts'
import { type MeasureName, measureNames } from './measures.ts'

/** What is not part of the comparison, and run by its name. */
export const scenarioNames = ['scaling', 'backlog', 'fairness', 'idle', 'conversion'] as const
export type ScenarioName = (typeof scenarioNames)[number]

export interface BenchArguments {
  /** @default the comparison */
  scenario?: ScenarioName
  /** @default all in the comparison; in a scenario, those that it is about */
  contestants?: ContestantName[]
  measures: MeasureName[]
  payloads: number[]
  rounds: number
  share: number
  /** Jobs of the scenario `backlog`. */
  jobs: number
  /** Worker processes, and queues, of the scenario `scaling`. @default all that it is about */
  workers?: number[]
  queues?: number[]
  /** Nodes of RabbitMQ. */
  nodes: number
  /** File for the result as JSON. */
  json?: string
  /** Folder for CPU profiles. */
  profileDir?: string
  /** Folder for the servers' data. @default a temporary one */
  dir?: string
}

/** What `./jackalope bench` was called with cannot be done. */
export class BenchArgumentError extends Error {
  constructor(message: string) {
    super(message)
    this.name = new.target.name
  }
}

/** @throws {BenchArgumentError} that names the first argument that is wrong */
export function parseBenchArguments(args: string[]): BenchArguments {
  const { values, positionals } = parse(args)
  const [scenario, surplus] = parseScenarios(positionals)
  if (surplus) throw new BenchArgumentError(`one scenario at a time, got also "${surplus}"`)
  refuseIdle(values, scenario ?? 'comparison')
  const quick = values.quick ?? false
  return {
    scenario,
    contestants:
      values.contestants === undefined
        ? undefined
        : parseNames('contestants', values.contestants, contestantNames),
    workers: values.workers === undefined ? undefined : parseNumbers('workers', values.workers, 1, 64),
    queues: values.queues === undefined ? undefined : parseNumbers('queues', values.queues, 1, 256),
    jobs: parseNumber('jobs', values.jobs ?? '1000000', 1_000, 100_000_000),
    nodes: parseNumber('nodes', values.nodes ?? '1', 1, 7),
    measures: parseNames('measures', values.measures, measureNames),
    payloads: parseNumbers('payloads', values.payloads ?? (quick ? '200' : '200,10240'), 100, 10_000_000),
    rounds: parseNumber('rounds', values.rounds ?? (quick ? '3' : '5'), 1, 100),
    share: parseShare(values.share ?? (quick ? '0.25' : '1')),
    json: values.json,
    profileDir: values.profile,
    dir: values.dir,
  }
}

function parse(args: string[]) {
  try {
    const text = { type: 'string' } as const
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        quick: { type: 'boolean' },
        contestants: text,
        measures: text,
        payloads: text,
        rounds: text,
        share: text,
        jobs: text,
        workers: text,
        queues: text,
        nodes: text,
        json: text,
        profile: text,
        dir: text,
      },
    })
  } catch (error) {
    throw new BenchArgumentError((error as Error).message.split('. ')[0] as string)
  }
}

/** Options that only some of the measurements heed. */
const heededBy: Record<string, readonly (ScenarioName | 'comparison')[]> = {
  measures: ['comparison'],
  payloads: ['comparison'],
  profile: ['comparison', 'scaling'],
  rounds: ['comparison', 'scaling', 'idle', 'conversion'],
  share: ['comparison', 'scaling', 'fairness'],
  jobs: ['backlog'],
  contestants: ['comparison', 'scaling', 'backlog', 'fairness', 'idle'],
  workers: ['scaling'],
  queues: ['scaling'],
}

/** An option without effect is a mistake. */
function refuseIdle(values: object, measurement: ScenarioName | 'comparison'): void {
  for (const option of Object.keys(values))
    if (heededBy[option]?.includes(measurement) === false)
      throw new BenchArgumentError(`--${option} has no meaning for the ${measurement}`)
}

function parseScenarios(names: string[]): ScenarioName[] {
  return names.length === 0 ? [] : parseNames('scenario', names.join(','), scenarioNames)
}

function parseNames<N extends string>(option: string, text: string | undefined, known: readonly N[]): N[] {
  if (text === undefined) return [...known]
  return text.split(',').map(name => {
    const found = known.find(candidate => candidate === name)
    if (!found) throw new BenchArgumentError(`${option}: "${name}" is none of ${known.join(', ')}`)
    return found
  })
}

function parseNumbers(option: string, text: string, min: number, max: number): number[] {
  return text.split(',').map(part => {
    const number = Number(part)
    if (!Number.isInteger(number) || part === '' || number < min || number > max)
      throw new BenchArgumentError(`--${option}: expected an integer from ${min} to ${max}, got "${part}"`)
    return number
  })
}

function parseNumber(option: string, text: string, min: number, max: number): number {
  const [number, ...others] = parseNumbers(option, text, min, max)
  if (number === undefined || others.length > 0)
    throw new BenchArgumentError(`--${option}: expected one number, got "${text}"`)
  return number
}

function parseShare(text: string): number {
  const share = Number(text)
  if (!(share > 0 && share <= 1))
    throw new BenchArgumentError(`--share: expected a number above 0 and at most 1, got "${text}"`)
  return share
}
