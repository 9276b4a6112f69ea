import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { TestContext } from 'node:test'
import { userUnknown } from '@jackalope/contracts'
import { listen } from '@jackalope/local-servers/testing'

export interface TestAuthServer {
  url: string
  /** Method and path of each request. */
  requests: string[]
}

export const serviceToken = 'b8Jb0kTjNqv2yVd5Xh1mZr7sQw4eLc9f'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** A real HTTP server that answers `GET /internal/users/:id` as auth does.
 *  @param users - addresses by user id.
 *  @param answer - replaces auth's answers, for tests of wrong ones. */
export async function startAuthServer(
  t: TestContext,
  users: Record<string, string>,
  answer: Answer = answerFrom(users),
): Promise<TestAuthServer> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`)
    answer(request, response)
  })
  return { url: await listen(t, server), requests }
}

function answerFrom(users: Record<string, string>): Answer {
  return (request, response) => {
    const [, id = ''] = /^\/internal\/users\/([^/]+)$/.exec(request.url ?? '') ?? []
    const email = users[decodeURIComponent(id)]
    if (request.headers.authorization !== `Bearer ${serviceToken}`) return problem(response, 401)
    if (email === undefined) return problem(response, 404, userUnknown)
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ id: decodeURIComponent(id), email }))
  }
}

export function problem(response: ServerResponse, status: number, code?: string): void {
  response.writeHead(status, { 'content-type': 'application/problem+json' })
  response.end(JSON.stringify({ type: 'about:blank', title: 'refused', status, code }))
}
