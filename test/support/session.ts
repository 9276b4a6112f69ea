import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { until } from '../../packages/local-servers/src/testing/index.ts'
import { type CurlAnswer, curl } from './curl.ts'

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

/** Registers a new user and logs in. */
export async function login(gatewayUrl: string): Promise<Session> {
  const email = `ada-${randomUUID()}@example.com`
  const password = 'Correct-horse-9'
  const registered = await curl(
    ...['-X', 'POST', `${gatewayUrl}/register`, '-H', 'Content-Type: application/json'],
    ...['-d', JSON.stringify({ email, password })],
  )
  assert.equal(registered.status, 201, registered.body)
  const loggedIn = await curl('-X', 'POST', `${gatewayUrl}/login`, '-u', `${email}:${password}`)
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
  return {
    email,
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
