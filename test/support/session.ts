import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { type CurlAnswer, curl } from './curl.ts'

export interface Job {
  id: string
  state: string
  progress: number
  fileName: string
  error?: string
  result?: { audioId: string; fileName: string; sizeBytes: number; durationSeconds: number }
}

/** What one user does with curl. */
export interface Session {
  email: string
  /** Asks with the user's token. */
  ask(path: string, ...args: string[]): Promise<CurlAnswer>
  upload(file: string): Promise<Job>
  job(id: string): Promise<Job>
  /** Asks for the job until it is in one of the states; answers of 503 are waited out. */
  untilState(id: string, ...states: string[]): Promise<Job>
  /** Asks for the job until it has got that far, in percent. */
  untilProgress(id: string, percent: number): Promise<Job>
}

const POLL_MS = 200

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
  const until = async (id: string, isThere: (job: Job) => boolean) => {
    for (;;) {
      const answer = await ask(`/jobs/${id}`)
      assert.ok([200, 503].includes(answer.status), answer.body)
      const job = JSON.parse(answer.body)
      if (answer.status === 200 && isThere(job)) return job as Job
      await delay(POLL_MS)
    }
  }
  return {
    email,
    ask,
    async upload(file) {
      const answer = await ask('/upload', '-X', 'POST', '-F', `file=@"${file.replaceAll('"', '\\"')}"`)
      assert.equal(answer.status, 202, answer.body)
      const job = JSON.parse(answer.body)
      assert.equal(answer.headers.location, `/jobs/${job.id}`)
      return job
    },
    async job(id) {
      const answer = await ask(`/jobs/${id}`)
      assert.equal(answer.status, 200, answer.body)
      return JSON.parse(answer.body)
    },
    untilState: (id, ...states) => until(id, job => states.includes(job.state)),
    untilProgress: (id, percent) =>
      until(id, job => job.progress >= percent || job.state === 'failed' || job.state === 'completed'),
  }
}
