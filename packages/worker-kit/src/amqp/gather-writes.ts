import { Socket } from 'node:net'

/** Sends the frames that are written at one go by one call of the system. amqplib hands over each by itself, and the
 *  calls would cost more than all else.
 *  @param connection - amqplib's; its socket is no part of its types, and without one all stays as it is. */
export function gatherWrites(connection: object): void {
  const socket = 'stream' in connection && connection.stream
  if (!(socket instanceof Socket)) return
  const { write } = socket
  let isGathering = false
  socket.write = ((...args: Parameters<Socket['write']>) => {
    if (!isGathering) {
      isGathering = true
      socket.cork()
      process.nextTick(() => {
        isGathering = false
        socket.uncork()
      })
    }
    return write.apply(socket, args)
  }) as Socket['write']
}
