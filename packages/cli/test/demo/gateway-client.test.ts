import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { listen } from '@jackalope/local-servers/testing'
import { createGatewayClient } from '../../src/demo/gateway-client.ts'

test('a conversion may take longer than an access token lives', async t => {
  let issued = 0
  let valid = ''
  const server = createServer((request, response) => {
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
    if (request.method === 'POST') {
      issued += 1
      valid = `access-${issued}`
      const tokens = { access_token: valid, refresh_token: `refresh-${issued}`, expires_in: 600 }
      return answer(200, tokens)
    }
    if (request.headers.authorization !== `Bearer ${valid}`) return answer(401, { code: 'token-expired' })
    answer(200, { id: 'v-1', state: 'completed' })
  })
  const client = createGatewayClient(await listen(t, server), t.signal)
  const token = await client.login({ email: 'ada@example.com', password: 'secret' })
  valid = ''
  assert.equal((await client.job(token, 'v-1'))?.state, 'completed')
  valid = ''
  assert.match(await text(await client.audio(token, 'v-1')), /v-1/)
  assert.equal(issued, 3)
})
