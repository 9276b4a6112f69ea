import type { ContestantName } from '../contestants.ts'
import type { BenchServers } from '../servers.ts'

export interface ScenarioPlan {
  contestants?: readonly ContestantName[]
  /** Part of the full number of jobs, above 0 and at most 1. */
  share: number
  rounds: number
  /** Of a backlog. */
  jobs: number
}

export interface ScenarioDeps {
  servers: BenchServers
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
