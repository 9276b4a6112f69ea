/** What a worker is told of its queue when jobs end or start (R5): while as many start as end, about every 10 ms. */
export interface QueueState {
  /** Whether wait or prioritized hold a job that the pump must publish. */
  readonly needsPump: boolean
  /** Jobs in wait and prioritized. */
  readonly waiting: number
}
