import type { TestContext } from 'node:test'
import { startTcpProxy, type TcpProxy } from '../tcp-proxy.ts'
import { onEnd } from './clean-up.ts'

/** Of addresses without one. */
const usualPorts: Record<string, number> = {
  'amqp:': 5672,
  'mongodb:': 27_017,
  'mysql:': 3306,
  'redis:': 6379,
}

/** A way to a server that the test may cut. */
export interface ProxiedServer extends TcpProxy {
  /** The server's address, by way of the proxy. */
  readonly url: string
}

/** Puts a proxy before a server, until the test is over. */
export async function proxyTo(t: TestContext, address: string): Promise<ProxiedServer> {
  const url = new URL(address)
  const proxy = await startTcpProxy({
    host: url.hostname,
    port: Number(url.port) || usualPorts[url.protocol] || 0,
  })
  onEnd(t, () => proxy.cut())
  url.host = `127.0.0.1:${proxy.port}`
  if (url.protocol === 'mongodb:') {
    // Otherwise the driver finds the server's own address and goes past the proxy.
    url.pathname ||= '/'
    url.searchParams.set('directConnection', 'true')
  }
  return { ...proxy, url: url.href }
}
