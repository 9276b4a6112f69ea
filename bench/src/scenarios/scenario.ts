import type { ContestantName } from '../contestants.ts'
import type { BenchServers } from '../servers.ts'

export interface ScenarioPlan {
  contestants?: readonly ContestantName[]
  /** Part of the full number of jobs, above 0 and at most 1. */
  share: number
  rounds: number
  /** Of a backlog. */
  jobs: number
  /** Of `scaling`: worker processes, and queues. @default all that it is about */
  workers?: readonly number[]
  queues?: readonly number[]
  /** Folder for CPU profiles. */
  profileDir?: string
}

export interface ScenarioDeps {
  servers: BenchServers
  /** Folder for what a scenario stores. */
  dir: string
  /** Told what is going on. */
  say: (text: string) => void
  signal: AbortSignal
}

/** What came out: for people, and for programs. */
export interface ScenarioResult {
  table: string
  rows: unknown[]
}

export type Scenario = (plan: ScenarioPlan, deps: ScenarioDeps) => Promise<ScenarioResult>
