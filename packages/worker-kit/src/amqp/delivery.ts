import type { MessageProperties } from 'amqplib'
import type { JobClaim } from './message.ts'

/** One delivery of a job's message. It belongs to its channel: once the channel is lost the methods have no effect, and the
 *  broker delivers the message again. */
export interface Delivery extends JobClaim {
  /** Whether the job may have started: the broker delivered the message before, or it comes from the parking queue. */
  readonly redelivered: boolean
  /** When it arrived here, by `monotonicMs`. */
  readonly receivedAt: number
  readonly content: Buffer
  readonly properties: MessageProperties
  /** The broker forgets the message. */
  ack(): void
  /** The broker delivers the message to the next worker. */
  requeue(): void
  /** Moves the message to the dead letters, with the reason. Never rejects. */
  deadLetter(reason: string): Promise<void>
}
