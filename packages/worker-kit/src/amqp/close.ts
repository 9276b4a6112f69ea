import { once } from 'node:events'
import type { Channel, ChannelModel } from 'amqplib'
import { withTimeLimit } from '../time-limit.ts'
import { socketOf } from './socket-of.ts'

/** How long a connection or channel may take to close, in milliseconds. A frozen broker does not answer, and a broker that
 *  blocks a connection reads nothing from it. */
export const CLOSE_TIMEOUT_MS = 2_000

/** Closes a channel. Never rejects: a channel that is closed already is what the caller wants.
 *  @param limitMs - how long the broker may take, in milliseconds */
export async function closeChannel(channel: Channel, limitMs = CLOSE_TIMEOUT_MS): Promise<void> {
  await withTimeLimit(closed(channel), limitMs, () => undefined).catch(() => undefined)
}

/** Closes a connection that is not restored. Never rejects. At the limit its socket is destroyed, which would keep the
 *  process alive.
 *  @param limitMs - how long the broker may take, in milliseconds */
export async function closeConnection(connection: ChannelModel, limitMs = CLOSE_TIMEOUT_MS): Promise<void> {
  const onLimit = () => destroySocket(socketOf(connection.connection))
  await withTimeLimit(closed(connection), limitMs, onLimit).catch(() => undefined)
}

/** amqplib ends its timers for a socket that fails, and not for one that is destroyed without an error. */
export function destroySocket(socket: ReturnType<typeof socketOf>): void {
  socket?.destroy(new Error('The broker did not close the connection in time'))
}

/** amqplib's `close()` waits for the broker's close-ok alone: it never settles when the connection ends first. The event
 *  `close` comes either way. */
async function closed(closable: Channel | ChannelModel): Promise<void> {
  const listening = new AbortController()
  const gone = once(closable, 'close', { signal: listening.signal })
  gone.catch(() => undefined)
  try {
    await Promise.race([closable.close(), gone])
  } finally {
    listening.abort()
  }
}
