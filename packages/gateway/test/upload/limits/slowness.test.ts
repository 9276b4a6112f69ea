import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage, request } from 'node:http'
import { type TestContext, test } from 'node:test'
import { listen } from '@jackalope/local-servers/testing'
import { watchSlowness } from '../../../src/upload/limits/slowness.ts'

const limits = { minBytesPerSecond: 1_000, windowMs: 100 }

test('gives up a request that sends too little', async t => {
  const { received } = await send(t, 10)
  received.resume()
  const { signal } = watchSlowness(received, limits)
  await once(signal, 'abort')
  assert.deepEqual([signal.reason.status, signal.reason.code], [408, 'upload-too-slow'])
})

test('leaves alone a request whose bytes wait to be read, and one that has ended', async t => {
  const { received, sent } = await send(t, 10)
  await once(received, 'readable')
  const { signal, end } = watchSlowness(received, limits)
  await new Promise(resolve => setTimeout(resolve, 350))
  assert.equal(signal.aborted, false)
  received.resume()
  sent.end()
  await once(received, 'end')
  await new Promise(resolve => setTimeout(resolve, 250))
  assert.equal(signal.aborted, false)
  end()
})

/** A request whose body does not end by itself. */
async function send(t: TestContext, bytes: number) {
  const server = createServer()
  const url = await listen(t, server)
  const sent = request(url, { method: 'POST', agent: false })
  sent.on('error', () => {})
  sent.write(Buffer.alloc(bytes))
  const [received] = (await once(server, 'request')) as [IncomingMessage]
  return { received, sent }
}
