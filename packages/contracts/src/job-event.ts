import type { ConversionResult } from './conversion-result.ts'
import type { ConversionStage, WaitForUs } from './convert-video.ts'
import type { Explanation } from './explanations/explain.ts'
import type { JobState } from './job-view.ts'

/** A job has come into a state. */
export interface JobStateEvent {
  /** Id of the job. */
  id: string
  state: JobState
  /** In ISO 8601. */
  at: string
  /** Why it failed, or was canceled. */
  error?: string
  /** The same as data. */
  explanation?: Explanation
  result?: ConversionResult
}

/** How far the current attempt is. */
export interface JobProgressEvent {
  /** Id of the job. */
  id: string
  /** In percent, 0 to 100. */
  progress: number
  stage?: ConversionStage
  /** The attempt is put off, for a reason of ours. */
  waitingForUs?: WaitForUs
}

/** The job was deleted. */
export interface JobDeletedEvent {
  /** Id of the job. */
  id: string
}
