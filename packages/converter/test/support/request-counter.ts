import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An HTTP server that counts who connects, and serves one file whatever is asked for. */
export async function startRequestCounter(content: Uint8Array) {
  let connections = 0
  const server = createServer((_request, response) => response.end(content))
  server.on('connection', () => {
    connections += 1
  })
  server.listen({ host: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    connections: () => connections,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
