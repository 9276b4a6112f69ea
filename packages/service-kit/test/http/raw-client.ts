import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { type CleanUpOwner, onEnd } from '@jackalope/local-servers/testing'

export interface RawAnswer {
  status: number
  /** Status line and headers, as they came. */
  head: string
  body: string
}

export interface RawClient {
  socket: Socket
  /** All that has arrived so far. */
  received(): string
  /** Resolves when this text has arrived; gives all that has arrived.
   *  @throws {Error} when the connection ends before */
  until(text: string): Promise<string>
  /** Resolves when the connection is closed; gives all that has arrived. */
  closed(): Promise<string>
}

/** A connection on which the test writes what it likes. */
export async function openRawClient(owner: CleanUpOwner, port: number): Promise<RawClient> {
  const socket = connect(port, '127.0.0.1')
  socket.setEncoding('latin1').on('error', () => {})
  onEnd(owner, () => socket.destroy())
  let text = ''
  socket.on('data', piece => {
    text += piece
  })
  const end = new Promise<void>(resolve => socket.once('close', () => resolve()))
  await once(socket, 'connect')
  return {
    socket,
    received: () => text,
    async until(wanted) {
      while (!text.includes(wanted)) {
        if (socket.closed) throw new Error(`The connection ended after: ${text}`)
        await Promise.race([once(socket, 'data'), end])
      }
      return text
    },
    async closed() {
      await end
      return text
    },
  }
}

/** Sends bytes and reads until the server closes the connection. */
export async function exchange(owner: CleanUpOwner, port: number, bytes: string): Promise<RawAnswer> {
  const client = await openRawClient(owner, port)
  client.socket.write(bytes, 'latin1')
  return readAnswer(await client.closed())
}

export function readAnswer(text: string): RawAnswer {
  const [head = '', body = ''] = text.split(/\r\n\r\n(.*)/s)
  return { status: Number(head.split(' ')[1]), head, body }
}
