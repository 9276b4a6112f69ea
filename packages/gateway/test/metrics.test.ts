import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startTestGateway } from './support/test-gateway.ts'

test('what Prometheus is told is not told to the world', async t => {
  const gateway = await startTestGateway(t)
  assert.equal((await gateway.request('/metrics')).status, 404)
  assert.equal((await gateway.request('/metrics', { user: 'ada' })).status, 404)
})
