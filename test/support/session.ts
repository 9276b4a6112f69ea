import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { until } from '../../packages/local-servers/src/testing/index.ts'
import { type CurlAnswer, curl } from './curl.ts'
import { type CaughtMails, linkOf, mailTo, pressButton } from './mail-links.ts'

export interface Job {
  id: string
  state: string
  progress: number
  fileName: string
  error?: string
  result?: { audioId: string; fileName: string; sizeBytes: number; durationSeconds: number }
}

/** One user's requests, sent with curl. */
export interface Session {
  email: string
  userId: string
  /** Sends a request with the user's token. */
  ask(path: string, ...args: string[]): Promise<CurlAnswer>
  upload(file: string): Promise<Job>
  job(id: string): Promise<Job>
  /** Asks for the job until it is in one of the states. An answer 503 is not an error. */
  untilState(id: string, ...states: string[]): Promise<Job>
  /** Asks for the job until its progress, in percent, is at least that, or the job has ended. */
  untilProgress(id: string, percent: number): Promise<Job>
}

/** Longest wait for a job, in milliseconds; a conversion under load takes minutes. */
const patienceMs = 280_000

/** A system that a user can register at. */
export interface OpenSystem extends Partial<CaughtMails> {
  gatewayUrl: string
}

/** The password of every user of these tests. */
export const password = 'Correct-horse-9'

/** Registers a new user, confirms the address where mails are caught, and logs in. */
export async function login(system: OpenSystem): Promise<Session> {
  const { gatewayUrl, mails } = system
  const email = await register(gatewayUrl)
  if (mails) {
    const mail = await mailTo({ mails }, email, /^Confirm your e-mail address/)
    const confirmed = await pressButton(linkOf(mail))
    assert.equal(confirmed.status, 200, confirmed.body)
  }
  return await loginAs(email, gatewayUrl)
}

/** Registers a new user; gives the address. */
export async function register(gatewayUrl: string): Promise<string> {
  const email = `ada-${randomUUID()}@example.com`
  const registered = await curl(
    ...['-X', 'POST', `${gatewayUrl}/register`, '-H', 'Content-Type: application/json'],
    ...['-d', JSON.stringify({ email, password })],
  )
  assert.equal(registered.status, 201, registered.body)
  return email
}

/** Logs in as a registered user. */
export async function loginAs(
  email: string,
  gatewayUrl: string,
  secret: string = password,
): Promise<Session> {
  const loggedIn = await curl('-X', 'POST', `${gatewayUrl}/login`, '-u', `${email}:${secret}`)
  assert.equal(loggedIn.status, 200, loggedIn.body)
  const token = JSON.parse(loggedIn.body).access_token

  const ask = (path: string, ...args: string[]) =>
    curl(...args, '-H', `Authorization: Bearer ${token}`, `${gatewayUrl}${path}`)
  const untilJob = (id: string, isThere: (job: Job) => boolean) =>
    until(async () => {
      const answer = await ask(`/jobs/${id}`)
      assert.ok([200, 503].includes(answer.status), answer.body)
      const job: Job = JSON.parse(answer.body)
      return answer.status === 200 && isThere(job) && job
    }, patienceMs)
  const [, claims = ''] = token.split('.')
  return {
    email,
    userId: JSON.parse(Buffer.from(claims, 'base64url').toString()).sub,
    ask,
    async upload(file) {
      const answer = await ask('/upload', '-X', 'POST', '-F', `file=@"${file.replaceAll('"', '\\"')}"`)
      assert.equal(answer.status, 202, answer.body)
      const job = JSON.parse(answer.body)
      assert.equal(new URL(answer.headers.location ?? '', gatewayUrl).pathname, `/jobs/${job.id}`)
      return job
    },
    async job(id) {
      const answer = await ask(`/jobs/${id}`)
      assert.equal(answer.status, 200, answer.body)
      return JSON.parse(answer.body)
    },
    untilState: (id, ...states) => untilJob(id, job => states.includes(job.state)),
    untilProgress: (id, percent) =>
      untilJob(id, job => job.progress >= percent || job.state === 'failed' || job.state === 'completed'),
  }
}
