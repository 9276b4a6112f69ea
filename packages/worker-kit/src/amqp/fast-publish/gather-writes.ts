import { socketOf } from '../socket-of.ts'

/** Sends the frames that are written in one turn of the event loop with one system call. amqplib writes each frame by
 *  itself, and those calls would cost more than all else.
 *  @param connection - amqplib's inner one; without a known socket nothing changes */
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
