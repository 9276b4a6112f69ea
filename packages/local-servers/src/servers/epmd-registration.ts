import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

const alive2Request = 120
const visibleNode = 77
/** Versions of Erlang's distribution protocol that the node may speak. */
const highestVersion = 6
const lowestVersion = 5

const retryMs = 50

/** Registers a node's name with an epmd under any port: the epmd sends other nodes there. Repeats the registration while
 *  the epmd is down.
 *  @returns a function that ends the registration */
export function keepRegistered(epmdPort: number, nodeName: string, port: number): () => void {
  const ending = new AbortController()
  let socket: Socket | undefined
  const hold = async () => {
    while (!ending.signal.aborted) {
      socket = connect(epmdPort, '127.0.0.1')
      const closed = new Promise(resolve => socket?.once('close', resolve))
      socket.on('error', () => undefined)
      socket.on('connect', () => socket?.write(request(nodeName, port)))
      // A second byte other than 0 is a refusal, for example because the name is still registered.
      socket.on('data', answer => answer[1] !== 0 && socket?.destroy())
      await closed
      await delay(retryMs, undefined, { signal: ending.signal }).catch(() => undefined)
    }
  }
  void hold()
  return () => {
    ending.abort()
    socket?.destroy()
  }
}

function request(nodeName: string, port: number): Buffer {
  const name = Buffer.from(nodeName)
  const bytes = Buffer.alloc(15 + name.length)
  bytes.writeUInt16BE(bytes.length - 2, 0)
  bytes.writeUInt8(alive2Request, 2)
  bytes.writeUInt16BE(port, 3)
  bytes.writeUInt8(visibleNode, 5)
  // Byte 6 is the protocol; 0 is TCP.
  bytes.writeUInt16BE(highestVersion, 7)
  bytes.writeUInt16BE(lowestVersion, 9)
  bytes.writeUInt16BE(name.length, 11)
  name.copy(bytes, 13)
  return bytes
}
