import { socketOf } from './socket-of.ts'

/** Sends the frames that are written at one go by one call of the system. amqplib hands over each by itself, and the
 *  calls would cost more than all else.
 *  @param connection - amqplib's; its socket is no part of its types, and without one all stays as it is. */
export function gatherWrites(connection: object): void {
  const socket = socketOf(connection)
  if (!socket) return
  const { write } = socket
  let isGathering = false
  socket.write = ((...args: Parameters<typeof write>) => {
    if (!isGathering) {
      isGathering = true
      socket.cork()
      process.nextTick(() => {
        isGathering = false
        socket.uncork()
      })
    }
    return write.apply(socket, args)
  }) as typeof write
}
