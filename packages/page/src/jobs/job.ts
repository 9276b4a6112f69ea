import type { components } from '@jackalope/api-client/client'

/** A conversion, as the API shows it. */
export type Job = components['schemas']['Job']
export type JobState = Job['state']

/** Whether a job does not change by itself any more. */
export function isEnded(state: JobState): boolean {
  return state === 'completed' || state === 'failed' || state === 'canceled' || state === 'expired'
}
