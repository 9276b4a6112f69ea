import type { Socket } from 'node:net'
import { type ChannelModel, connect } from 'amqplib'
import { withTimeLimit } from './time-limit.ts'

const connectWithinMs = 5_000
const workWithinMs = 15_000
const closeWithinMs = 2_000

/** Connects to a broker, does some work and closes the connection. Connecting may take 5 s, the work 15 s and closing
 *  2 s; then the connection is cut. */
export async function withAmqpConnection<T>(
  url: string,
  work: (connection: ChannelModel) => Promise<T>,
): Promise<T> {
  const connection = await connect(url, { timeout: connectWithinMs })
  // Without a listener a broken connection would end this process.
  connection.on('error', () => {})
  try {
    return await withTimeLimit('The work on the broker', workWithinMs, work(connection))
  } finally {
    // amqplib waits for close-ok without a limit, also from a broker that was killed.
    await withTimeLimit('Closing the connection', closeWithinMs, connection.close()).catch(() =>
      streamOf(connection).destroy(),
    )
  }
}

/** The socket, which amqplib's types do not declare. */
function streamOf({ connection }: ChannelModel): Socket {
  return (connection as unknown as { stream: Socket }).stream
}
