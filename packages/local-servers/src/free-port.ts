import { randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { LocalServerError } from './errors.ts'

const lowest = 15_000
const attempts = 100
const handedOut = new Set<number>()

/** A free port on loopback, below the system's range of ephemeral ports. With a port of that range a client that
 *  reconnects to a stopped server could get the server's port as its own. A process never gets the same port twice.
 *  @throws {LocalServerError} `ERR_PORT_TAKEN` */
export async function findFreePort(): Promise<number> {
  const end = firstEphemeralPort()
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const port = randomInt(lowest, end)
    if (handedOut.has(port) || !(await isPortFree(port))) continue
    handedOut.add(port)
    return port
  }
  throw new LocalServerError('ERR_PORT_TAKEN', `No free port found between ${lowest} and ${end - 1}.`)
}

/** Whether a server could listen on this port of 127.0.0.1 now. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

function firstEphemeralPort(): number {
  const usual = 32_768
  try {
    const first = Number(readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'latin1').split(/\s+/)[0])
    return first > lowest + 1_000 ? Math.min(first, usual) : usual
  } catch {
    return usual
  }
}
