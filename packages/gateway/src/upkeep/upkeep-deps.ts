import type { UpkeepReport } from '@jackalope/contracts'
import type { AppDeps } from '../app-deps.ts'
import type { ConversionQueue } from '../jobs/conversion-queue.ts'
import type { CensusMemory } from './census/remember-census.ts'
import type { Retention } from './retention.ts'

/** What the upkeep of the stores works with. */
export interface UpkeepDeps extends Pick<AppDeps, 'videos' | 'audios' | 'conversions' | 'jobEvents'> {
  /** Gives `undefined` while there is no connection. */
  getQueue: () => ConversionQueue | undefined
  retention: Retention
  /** Where it is kept what was counted. @default nothing is counted */
  censusMemory?: CensusMemory
}

/** Receives what the upkeep reports. A pino logger fits. */
export interface UpkeepLogger {
  info(details: object, message: string): void
  warn(details: object, message: string): void
}

/** One run of the upkeep. */
export interface UpkeepRun {
  /** The time that ages are counted from, in milliseconds. */
  now: number
  /** What was done so far. */
  report: UpkeepReport
  logger: UpkeepLogger
  /** Aborted when the run must end; the next one goes on. */
  signal: AbortSignal
}
