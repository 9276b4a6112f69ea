import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import { type Operation, operation } from '@jackalope/contracts'
import { onEnd } from '@jackalope/local-servers/testing'
import { serviceToken } from './test-gateway.ts'

/** Stands in for auth's `POST /internal/operations`.
 *  @param admins - ids of the users that are admins */
export async function startStandInAuth(
  t: TestContext,
  admins: readonly string[],
): Promise<{ url: string; operations: Operation[] }> {
  const operations: Operation[] = []
  const server = createServer(async (request, response) => {
    const text = (await Array.fromAsync(request)).join('')
    if (
      request.url !== '/internal/operations' ||
      request.headers.authorization !== `Bearer ${serviceToken}`
    ) {
      response.writeHead(404).end()
      return
    }
    const asked = operation.strict().parse(JSON.parse(text))
    const isAdmin = admins.includes(asked.actorId)
    if (isAdmin) operations.push(asked)
    response.writeHead(isAdmin ? 204 : 403).end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onEnd(t, () => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, operations }
}
