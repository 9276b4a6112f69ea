import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type TestContext, test } from 'node:test'
import { listen } from '@jackalope/local-servers/testing'
import { ApiError, createClient, watchJob } from '../src/index.ts'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** A server that answers one request after the other so. */
async function setup(t: TestContext, answers: Answer[]) {
  const seen: (string | undefined)[] = []
  const server = createServer((request, response) => {
    seen.push(request.headers['last-event-id'] as string | undefined)
    const answer = answers.shift()
    if (answer) answer(request, response)
    else response.destroy()
  })
  return { client: createClient({ baseUrl: await listen(t, server), token: 'token' }), seen }
}

const stream = (response: ServerResponse) => response.writeHead(200, { 'Content-Type': 'text/event-stream' })

test('goes on after the last event when the connection breaks, until the job has ended', async t => {
  const { client, seen } = await setup(t, [
    (_, response) => {
      stream(response).write('id: 1\nevent: state\ndata: {"state":"active"}\n\n', () => response.destroy())
    },
    (_, response) => response.writeHead(503).end(),
    (_, response) => stream(response).end('id: 2\nevent: state\ndata: {"state":"completed"}\n\n'),
    (_, response) => response.writeHead(204).end(),
  ])
  const events = await Array.fromAsync(watchJob(client, 'v-1', { retryMs: 1 }))
  assert.deepEqual(events, [
    { kind: 'state', data: { state: 'active' } },
    { kind: 'state', data: { state: 'completed' } },
  ])
  assert.deepEqual(seen, [undefined, '1', '1', '2'])
})

test('says why it cannot watch, and does not try again in vain', async t => {
  const { client } = await setup(t, [
    (_, response) => {
      response.writeHead(404, { 'Content-Type': 'application/problem+json' })
      response.end('{"status":404,"code":"job-unknown","detail":"You have no such job.","requestId":"r"}')
    },
  ])
  await assert.rejects(Array.fromAsync(watchJob(client, 'v-1', { retryMs: 1 })), error => {
    assert.ok(error instanceof ApiError)
    assert.deepEqual([error.status, error.code, error.requestId], [404, 'job-unknown', 'r'])
    return true
  })
})

test('gives up when the service does not come back', async t => {
  const { client } = await setup(t, [])
  const options = { retryMs: 1, patienceMs: 20 }
  await assert.rejects(Array.fromAsync(watchJob(client, 'v-1', options)), { code: 'no-answer' })
})
