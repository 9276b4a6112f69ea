import { createServer } from 'node:http'
import { type CleanUpOwner, listen } from '@jackalope/local-servers/testing'

/** An HTTP server that counts connections, and answers every request with one file. */
export async function startRequestCounter(owner: CleanUpOwner, content: Uint8Array) {
  let connections = 0
  const server = createServer((_request, response) => response.end(content))
  server.on('connection', () => {
    connections += 1
  })
  return { url: await listen(owner, server), connections: () => connections }
}
