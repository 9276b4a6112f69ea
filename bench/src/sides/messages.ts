import { connect } from 'amqplib'

/** Messages of a queue that are ready; those in a consumer's hands are not.
 *  On a connection of its own: asking for a queue that does not exist closes the channel. */
export async function queueMessages(amqpUrl: string, queue: string): Promise<number> {
  const connection = await connect(amqpUrl)
  try {
    const channel = await connection.createChannel()
    return (await channel.checkQueue(queue)).messageCount
  } finally {
    await connection.close()
  }
}
