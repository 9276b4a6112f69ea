import type { ConfirmChannel } from 'amqplib'
import type { JobMessage } from '../message.ts'

export interface PublishAddress {
  /** "": the default exchange. */
  readonly exchange: string
  readonly routingKey: string
  readonly correlationId: string
}

/** Gets the broker's answer: `null` for a confirm. */
export type Confirmed = (error: Error | null) => void

/** A confirm channel on which jobs are published. */
export interface PublishChannel {
  readonly channel: ConfirmChannel
  /** Publishes a message, mandatory and persistent.
   *  @returns `false` when the channel takes more only after its next `drain`
   *  @throws what amqplib throws: the channel is closed, or a property is too long */
  publish(address: PublishAddress, message: JobMessage, confirmed: Confirmed): boolean
}

export function publishByAmqplib(
  channel: ConfirmChannel,
  { exchange, routingKey, correlationId }: PublishAddress,
  { content, properties }: JobMessage,
  confirmed: Confirmed,
): boolean {
  const options = { ...properties, correlationId, mandatory: true, persistent: true }
  return channel.publish(exchange, routingKey, content, options, confirmed)
}
