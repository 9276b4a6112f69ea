import type { Broker } from '../amqp/broker.ts'
import type { QueueTopology } from '../amqp/topology.ts'
import { WorkerKitError } from '../errors.ts'
import { monotonicMs } from '../real-timers.ts'

/** Least time between two looks, in milliseconds. */
const LOOK_EVERY_MS = 5_000

/** Growth of the surplus that is no sign yet: jobs are added, and start, while the look is taken. */
const TOLERATED = 20

export interface UnreadMessagesOptions {
  broker: Pick<Broker, 'depth'>
  topology: QueueTopology
  /** Asks Redis how many jobs wait. */
  countWaiting: () => Promise<number>
  /** Asks Redis whether a worker of this queue is connected. */
  hasWorkers: () => Promise<boolean>
  onError: (error: Error) => void
}

/** Notices, for a producer, that its jobs run while ever more of their messages stay on the broker: a Worker that was made
 *  without the backend takes the jobs from Redis alone. Looks every 5 seconds at most, while jobs are added; tells it once. */
export class UnreadMessages {
  readonly #options: UnreadMessagesOptions
  #nextLookAt: number | undefined
  /** Messages beyond the waiting jobs at the last look; `undefined` when there was a consumer. */
  #surplus: number | undefined
  #isTold = false

  constructor(options: UnreadMessagesOptions) {
    this.#options = options
  }

  /** A job was added. */
  noteAdded(): void {
    const now = monotonicMs()
    this.#nextLookAt ??= now + LOOK_EVERY_MS
    if (this.#isTold || now < this.#nextLookAt) return
    this.#nextLookAt = now + LOOK_EVERY_MS
    // The servers' own errors are told by whoever adds the job.
    this.#look().catch(() => undefined)
  }

  async #look(): Promise<void> {
    const { broker, topology, countWaiting, hasWorkers, onError } = this.#options
    const depth = await broker.depth(topology.queue, 'publish')
    const last = this.#surplus
    this.#surplus = undefined
    if (!depth || depth.consumerCount > 0) return
    const surplus = depth.messageCount - (await countWaiting())
    this.#surplus = surplus
    // Jobs that were drained or removed leave messages, too, but no more of them from look to look.
    if (last === undefined || surplus - last <= TOLERATED || !(await hasWorkers())) return
    this.#isTold = true
    onError(
      new WorkerKitError(
        'ERR_MESSAGES_UNREAD',
        `Jobs of "${topology.queue}" run, but ${surplus} of their messages stay on the broker, where nobody consumes them. ` +
          'A Worker that was made without createRabbitmqBackend() takes the jobs from Redis alone: give it the backend factory, ' +
          'take it from withBackend(), or call setDefaultBackendFactory() before it is made.',
      ),
    )
  }
}
