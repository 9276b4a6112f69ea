import { connect as connectTcp, createServer, type Socket } from 'node:net'
import type { TestContext } from 'node:test'
import { amqpUrl, onEnd } from '@jackalope/local-servers/testing'

/** Answers of the broker, by class and method of AMQP 0-9-1. */
export const answers = {
  connectionOpened: [10, 41],
  confirmsSelected: [85, 11],
} as const

/** A way to the broker that closes the first connection which gets an answer, in one segment with the answer: as a broker that shuts down
 *  may do.
 *  @returns its address, and how many connections were closed so */
export async function closingBroker(
  t: TestContext,
  answer: keyof typeof answers,
): Promise<{ url: string; closed: () => number }> {
  const url = new URL(amqpUrl())
  const [host, port] = [url.hostname, Number(url.port)]
  const [classId, methodId] = answers[answer]
  let closed = 0
  const sockets = new Set<Socket>()
  const proxy = createServer(client => {
    const upstream = connectTcp(port, host)
    let isClosed = false
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
    }
    client.on('data', data => isClosed || upstream.write(data))
    upstream.on('data', data => {
      if (isClosed) return
      isClosed = closed === 0 && hasMethod(data, classId, methodId)
      if (!isClosed) return void client.write(data)
      closed += 1
      client.write(Buffer.concat([data, connectionForced]))
    })
  })
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve))
  onEnd(t, () => {
    for (const socket of sockets) socket.destroy()
    proxy.close()
  })
  url.host = `127.0.0.1:${(proxy.address() as { port: number }).port}`
  return { url: url.href, closed: () => closed }
}

/** The frame of `connection.close` with the code 320, CONNECTION_FORCED, and an empty text. */
const connectionForced = Buffer.from(
  '01 0000 0000000b 000a 0032 0140 00 0000 0000 ce'.replaceAll(' ', ''),
  'hex',
)

/** Whether whole frames have a method's frame among them. */
function hasMethod(frames: Buffer, classId: number, methodId: number): boolean {
  for (let at = 0; at + 11 < frames.length; at += frames.readUInt32BE(at + 3) + 8)
    if (
      frames[at] === 1 &&
      frames.readUInt16BE(at + 7) === classId &&
      frames.readUInt16BE(at + 9) === methodId
    )
      return true
  return false
}
