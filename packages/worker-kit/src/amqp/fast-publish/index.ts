/** Publishes jobs past amqplib's encoder. Import nothing else of this folder.
 *
 *  Why: amqplib makes five buffers of a message and passes them through three streams. Adding a job with `addBulk` took a
 *  producer 36 us of processor time that way, and 28 us this way (docs/decisions/009-rounds-and-spare-deliveries.md).
 *  How: the frames of a job's message are written into one block of memory, in their place among amqplib's own frames.
 *  Limits: this needs parts of amqplib that its types do not name. Each part is looked for first; without one, amqplib
 *  publishes the message itself. `fastPublish: false` (`createRabbitmqBackend`, `Broker`) switches all of this off. */
import type { ConfirmChannel } from 'amqplib'
import { FastChannel } from './fast-channel.ts'
import { gatherWrites } from './gather-writes.ts'
import { type PublishChannel, publishByAmqplib } from './publish-channel.ts'

export type { PublishChannel } from './publish-channel.ts'

/** Wraps a channel for publishing jobs on it.
 *  @param fast - `false`: amqplib publishes every message */
export function publishChannel(channel: ConfirmChannel, fast: boolean): PublishChannel {
  if (fast) return new FastChannel(channel)
  return {
    channel,
    publish: (address, message, confirmed) => publishByAmqplib(channel, address, message, confirmed),
  }
}

/** Makes a new connection send the frames of one turn of the event loop together.
 *  @param connection - amqplib's inner connection object, `model.connection` */
export function prepareConnection(connection: object, fast: boolean): void {
  if (fast) gatherWrites(connection)
}
