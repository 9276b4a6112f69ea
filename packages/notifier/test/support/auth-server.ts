import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { TestContext } from 'node:test'
import {
  type AccountMailContent,
  type AttemptReport,
  accountMailUnknown,
  deliveryObsolete,
  type InternalUser,
  type NoticeOutcome,
  type NoticeState,
  userUnknown,
  type WebhookNews,
  type WebhookParcel,
} from '@jackalope/contracts'
import { listen } from '@jackalope/local-servers/testing'

export interface TestAuthServer {
  url: string
  /** Method and path of each request. */
  requests: string[]
  /** What it was told for webhooks, and of attempts to deliver. */
  news: WebhookNews[]
  reports: AttemptReport[]
  /** What it was told of mails, by the notice's id. */
  notices: Map<string, NoticeState>
}

export interface TestAuthAnswers {
  /** Addresses by user id. A user whose address ends in `.unconfirmed` must not be mailed. */
  users?: Record<string, string>
  /** Mails about accounts; a code of a problem stands for auth's refusal. */
  accountMails?: Record<string, Partial<AccountMailContent> | string>
  /** What users want, where it is not the usual. */
  settings?: Partial<Pick<InternalUser, 'notices' | 'language'>>
  /** Deliveries of webhooks by id. */
  parcels?: Record<string, Omit<WebhookParcel, 'id'>>
  /** Statuses with which the next reports of attempts are refused. */
  refuseReports?: number[]
}

export const serviceToken = 'b8Jb0kTjNqv2yVd5Xh1mZr7sQw4eLc9f'

type Answer = (request: IncomingMessage, response: ServerResponse) => unknown

/** A real HTTP server that answers questions of the notifier as auth does.
 *  @param answer - replaces auth's answers, for tests of wrong ones. */
export async function startAuthServer(
  t: TestContext,
  answers: TestAuthAnswers,
  given?: Answer,
): Promise<TestAuthServer> {
  const requests: string[] = []
  const told = { news: [], reports: [], notices: new Map() }
  const answer = given ?? answerFrom(answers, told)
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`)
    answer(request, response)
  })
  return { url: await listen(t, server), requests, ...told }
}

type Told = Pick<TestAuthServer, 'news' | 'reports' | 'notices'>

function answerFrom(answers: TestAuthAnswers, told: Told): Answer {
  const { users = {}, accountMails = {}, parcels = {} } = answers
  return async (request, response) => {
    const [, kind, encoded = '', part] =
      /^\/internal\/([\w-]+)(?:\/([^/?]+))?(?:\/(\w+))?(?:\?round=\d+)?$/.exec(request.url ?? '') ?? []
    const id = decodeURIComponent(encoded)
    if (request.headers.authorization !== `Bearer ${serviceToken}`) return problem(response, 401)
    if (kind === 'users') return answerUser(response, id, users[id], answers)
    if (kind === 'notices') return answerNotice(request, response, id, told)
    if (kind === 'webhook-events') {
      told.news.push((await readJson(request)) as WebhookNews)
      return json(response, { deliveries: 0 })
    }
    if (kind === 'webhook-deliveries' && part === 'attempts') {
      const report = (await readJson(request)) as AttemptReport
      const refusal = answers.refuseReports?.shift()
      if (refusal !== undefined) return problem(response, refusal)
      told.reports.push(report)
      const isOver = report.isLast || report.status === 410
      return json(response, {
        state: report.error === undefined ? 'delivered' : isOver ? 'failed' : 'pending',
      })
    }
    if (kind === 'webhook-deliveries') {
      const parcel = parcels[id]
      return parcel ? json(response, { id, ...parcel }) : problem(response, 410, deliveryObsolete)
    }
    if (kind === 'account-mails') return answerAccountMail(response, id, accountMails[id])
    problem(response, 404)
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return JSON.parse(Buffer.concat(chunks).toString())
}

async function answerNotice(
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
  { notices }: Told,
): Promise<void> {
  const { sent, doubts } = notices.get(id) ?? { sent: false, doubts: 0 }
  if (request.method === 'GET') return json(response, { sent, doubts })
  const { outcome } = (await readJson(request)) as NoticeOutcome
  const now = { sent: sent || outcome === 'sent', doubts: doubts + (outcome === 'doubtful' ? 1 : 0) }
  notices.set(id, now)
  json(response, now)
}

function answerUser(
  response: ServerResponse,
  id: string,
  email: string | undefined,
  { settings }: TestAuthAnswers,
): void {
  const confirmed = !email?.endsWith('.unconfirmed')
  if (email === undefined) problem(response, 404, userUnknown)
  else json(response, { id, email, emailVerified: confirmed, mayMail: confirmed, ...settings })
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
