/** What a worker is told of its queue whenever jobs end or start (R5). */
export interface QueueState {
  /** Whether wait or prioritized hold a job that the pump must publish. */
  readonly needsPump: boolean
  /** Jobs in wait and prioritized. */
  readonly waiting: number
}
