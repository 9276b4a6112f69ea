import { connect, createServer, type Socket } from 'node:net'
import type { TestContext } from 'node:test'
import { listen } from '@jackalope/local-servers/testing'
import type { TestGateway } from './test-gateway.ts'

export const chunkType = 'application/offset+octet-stream'

export interface TusOptions {
  user?: string
  headers?: Record<string, string>
  body?: Buffer | string
}

/** Sends a request of the protocol tus. */
export async function tus(
  gateway: Pick<TestGateway, 'request'>,
  method: string,
  path: string,
  { user = 'ada', headers = {}, body }: TusOptions = {},
): Promise<Response> {
  const type = body === undefined ? {} : { 'Content-Type': chunkType }
  return await gateway.request(path, {
    method,
    user,
    headers: { 'Tus-Resumable': '1.0.0', ...type, ...headers },
    body,
  })
}

/** Begins an upload; gives its path. */
export async function createUpload(
  gateway: TestGateway,
  totalBytes: number,
  options: TusOptions = {},
): Promise<string> {
  const headers = { 'Upload-Length': String(totalBytes), ...options.headers }
  const response = await tus(gateway, 'POST', '/uploads', { ...options, headers })
  if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`)
  return new URL(response.headers.get('Location') ?? '').pathname
}

/** What stands between clients and gateways, and can pass connections on to another one. */
export interface Switchboard {
  url: string
  /** New connections go there. Those that are open are neither closed nor served any more. */
  switchTo(url: string): void
}

export async function startSwitchboard(t: TestContext): Promise<Switchboard> {
  let target: URL | undefined
  const open = new Set<{ client: Socket; server: Socket }>()
  const server = createServer(client => {
    const { hostname, port } = target ?? new URL('http://127.0.0.1:9')
    const pair = { client, server: connect(Number(port), hostname) }
    open.add(pair)
    client.pipe(pair.server).pipe(client)
    for (const socket of [client, pair.server])
      socket.on('error', () => {}).on('close', () => open.delete(pair))
    client.on('close', () => pair.server.destroy())
  })
  const url = await listen(t, server as never)
  return {
    url,
    switchTo(next) {
      target = new URL(next)
      for (const { client, server } of open) {
        client.removeAllListeners('close')
        client.unpipe(server)
        server.unpipe(client)
        // The client notices; the gateway does not, as when a network breaks.
        client.destroy()
      }
    },
  }
}
