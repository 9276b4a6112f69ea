/** What a kit sees happen to jobs. `started`: an attempt. `completed`, `failed` (for good), `retried` (will be tried again),
 *  `canceled`: its end. `stalled`: a job lost its worker. */
export type JobEventName = 'started' | 'completed' | 'failed' | 'retried' | 'canceled' | 'stalled'

export interface JobEvent {
  readonly queue: string
  readonly name: JobEventName
  /** Of the attempt that ended, if one did: a job that is canceled before it starts had none. */
  readonly durationMs?: number
}

export type JobEventListener = (event: JobEvent) => void
