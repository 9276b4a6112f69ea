import type { Measure } from '../measures.ts'

/** What one trial measures, and on what. */
export interface TrialPlan {
  measure: Measure
  payloadBytes: number
  jobs: number
  /** Folder of CPU profiles of the measured part. @default none are made */
  profileDir?: string
  signal: AbortSignal
}
