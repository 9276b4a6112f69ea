import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { TestContext } from 'node:test'
import { type AccountMailContent, accountMailUnknown, userUnknown } from '@jackalope/contracts'
import { listen } from '@jackalope/local-servers/testing'

export interface TestAuthServer {
  url: string
  /** Method and path of each request. */
  requests: string[]
}

export interface TestAuthAnswers {
  /** Addresses by user id. A user whose address ends in `.unconfirmed` must not be mailed. */
  users?: Record<string, string>
  /** Mails about accounts; a code of a problem stands for auth's refusal. */
  accountMails?: Record<string, Partial<AccountMailContent> | string>
}

export const serviceToken = 'b8Jb0kTjNqv2yVd5Xh1mZr7sQw4eLc9f'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** A real HTTP server that answers questions of the notifier as auth does.
 *  @param answer - replaces auth's answers, for tests of wrong ones. */
export async function startAuthServer(
  t: TestContext,
  answers: TestAuthAnswers,
  answer: Answer = answerFrom(answers),
): Promise<TestAuthServer> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`)
    answer(request, response)
  })
  return { url: await listen(t, server), requests }
}

function answerFrom({ users = {}, accountMails = {} }: TestAuthAnswers): Answer {
  return (request, response) => {
    const [, kind, encoded = ''] = /^\/internal\/([\w-]+)\/([^/]+)$/.exec(request.url ?? '') ?? []
    const id = decodeURIComponent(encoded)
    if (request.headers.authorization !== `Bearer ${serviceToken}`) return problem(response, 401)
    if (kind === 'users') return answerUser(response, id, users[id])
    if (kind === 'account-mails') return answerAccountMail(response, id, accountMails[id])
    problem(response, 404)
  }
}

function answerUser(response: ServerResponse, id: string, email: string | undefined): void {
  const confirmed = !email?.endsWith('.unconfirmed')
  if (email === undefined) problem(response, 404, userUnknown)
  else json(response, { id, email, emailVerified: confirmed, mayMail: confirmed })
}

function answerAccountMail(
  response: ServerResponse,
  id: string,
  mail: Partial<AccountMailContent> | string = accountMailUnknown,
): void {
  if (typeof mail === 'string') problem(response, mail === accountMailUnknown ? 404 : 410, mail)
  else
    json(response, {
      id,
      kind: 'verify-email',
      to: 'ada@example.com',
      createdAt: '2026-11-29T19:10:00Z',
      ...mail,
    })
}

function json(response: ServerResponse, body: unknown): void {
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify(body))
}

export function problem(response: ServerResponse, status: number, code?: string): void {
  response.writeHead(status, { 'content-type': 'application/problem+json' })
  response.end(JSON.stringify({ type: 'about:blank', title: 'refused', status, code }))
}
