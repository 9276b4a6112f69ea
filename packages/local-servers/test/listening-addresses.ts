import { readFile } from 'node:fs/promises'

const listening = '0A'

/** Addresses on which a process listens on that port, in the notation of /proc/net/tcp and tcp6. */
export async function listeningAddresses(port: number): Promise<string[]> {
  const tables = await Promise.all(['tcp', 'tcp6'].map(name => readFile(`/proc/net/${name}`, 'latin1')))
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0')
  return tables
    .flatMap(table => table.trim().split('\n').slice(1))
    .map(line => line.trim().split(/\s+/))
    .filter(([, local, , state]) => state === listening && local?.endsWith(`:${hexPort}`))
    .map(([, local = '']) => local.slice(0, local.lastIndexOf(':')))
}

/** 127.0.0.1 and ::1 in that notation (little-endian words). */
export const loopback = new Set(['0100007F', '00000000000000000000000001000000'])
