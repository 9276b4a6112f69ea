import { startTcpProxy, type TcpProxy } from '../tcp-proxy.ts'
import { type CleanUpOwner, onEnd } from './clean-up.ts'

/** Ports of addresses that name none. */
const usualPorts: Record<string, number> = {
  'amqp:': 5672,
  'mongodb:': 27_017,
  'mysql:': 3306,
  'redis:': 6379,
}

/** A server behind a proxy that the test may cut. */
export interface ProxiedServer extends TcpProxy {
  /** The server's address, with the proxy's port. */
  readonly url: string
}

/** Puts a proxy before a server, until the test is over. */
export async function proxyTo(owner: CleanUpOwner, address: string): Promise<ProxiedServer> {
  const url = new URL(address)
  const proxy = await startTcpProxy({
    host: url.hostname,
    port: Number(url.port) || usualPorts[url.protocol] || 0,
  })
  onEnd(owner, () => proxy.cut())
  url.host = `127.0.0.1:${proxy.port}`
  if (url.protocol === 'mongodb:') {
    // Otherwise the driver learns the server's own address and bypasses the proxy.
    url.pathname ||= '/'
    url.searchParams.set('directConnection', 'true')
  }
  return { ...proxy, url: url.href }
}
