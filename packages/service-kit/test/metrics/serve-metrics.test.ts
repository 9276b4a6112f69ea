import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { onEnd, until } from '@jackalope/local-servers/testing'
import Router from '@koa/router'
import { pino } from 'pino'
import { createHttpApp, createMetrics, healthRoutes, serve, serveMetrics } from '../../src/index.ts'

const logger = pino({ level: 'silent' })
const anywhere = { host: '127.0.0.1', port: 0, logger }

async function started(t: TestContext) {
  const metrics = createMetrics('example')
  const app = createHttpApp({ logger, metrics })
  app.use(healthRoutes({ checks: {}, logger }))
  app.use(
    new Router()
      .get('/things/:id', ctx => {
        ctx.body = 'a thing'
      })
      .routes(),
  )
  const service = await serve(app, anywhere)
  onEnd(t, () => service.close())
  const ops = await serveMetrics(metrics, anywhere)
  onEnd(t, () => ops.close())
  const requests = async () => {
    const text = await (await fetch(`${ops.url}/metrics`)).text()
    return text.split('\n').filter(line => line.startsWith('http_request_duration_seconds_count'))
  }
  return { service, ops, requests }
}

test('GET /metrics tells of the process, in the text format, on its own port alone', async t => {
  const { service, ops } = await started(t)
  const answer = await fetch(`${ops.url}/metrics`)
  assert.match(answer.headers.get('content-type') as string, /^text\/plain; version=0\.0\.4/)
  assert.match(await answer.text(), /^process_cpu_seconds_total\{service="example"\} [\d.e-]+$/m)
  assert.equal((await fetch(`${service.url}/metrics`)).status, 404)
  assert.equal((await fetch(`${ops.url}/healthz`)).status, 404)
  assert.equal((await fetch(`${ops.url}/metrics`, { method: 'POST' })).status, 405)
})

test('requests are counted by route and status: strangers make no series, and probes none at all', async t => {
  const { service, requests } = await started(t)
  for (const path of ['/things/1', '/things/2', '/healthz', '/secret/a', '/secret/b'])
    await (await fetch(service.url + path)).text()
  // A request is counted after its answer was sent, so the client may be earlier.
  const lines = await until(async () => {
    const lines = await requests()
    return lines.some(line => line.includes('status="404"') && line.endsWith(' 2')) && lines
  })
  assert.deepEqual(lines.sort(), [
    'http_request_duration_seconds_count{service="example",method="GET",route="/things/:id",status="200"} 2',
    'http_request_duration_seconds_count{service="example",method="GET",route="none",status="404"} 2',
  ])
})
