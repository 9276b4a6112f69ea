/** `started`: an attempt starts. `completed`, `failed` (for good), `retried` (will be tried again), `postponed` (the same,
 *  and the attempt does not count), `canceled`: an attempt ends. `stalled`: a job has lost its worker. */
export type JobEventName =
  | 'started'
  | 'completed'
  | 'failed'
  | 'retried'
  | 'postponed'
  | 'canceled'
  | 'stalled'

export interface JobEvent {
  readonly queue: string
  readonly name: JobEventName
  /** Duration of the attempt that has ended, in milliseconds. A job that was canceled before it started has none. */
  readonly durationMs?: number
}

export type JobEventListener = (event: JobEvent) => void
