import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type HealthCheck, healthRoutes } from '../../src/index.ts'
import { captureLog } from '../captured-log.ts'
import { setup } from './setup.ts'

const passes: HealthCheck = async () => {}
const fails: HealthCheck = () => Promise.reject(new Error('refused by 10.1.2.3'))
const hangs: HealthCheck = () => new Promise(() => {})

describe('healthRoutes', () => {
  it('is alive whatever the checks say', async t => {
    const { logger } = captureLog()
    const { get } = await setup(t, [healthRoutes({ checks: { fails, hangs }, logger })])
    const response = await get('/healthz')
    assert.equal(response.status, 200)
    assert.deepEqual(await response.json(), { status: 'alive' })
  })

  it('is ready when every check passes', async t => {
    const { logger } = captureLog()
    const { get } = await setup(t, [healthRoutes({ checks: { mysql: passes }, logger })])
    const response = await get('/readyz')
    assert.equal(response.status, 200)
    assert.deepEqual(await response.json(), { status: 'ready', checks: { mysql: 'up' } })
  })

  it('is not ready when a check fails or hangs, says which, and keeps the reason for the log', async t => {
    const { logger, lines } = captureLog()
    const { get } = await setup(t, [
      healthRoutes({ checks: { passes, fails, hangs }, timeoutMs: 50, logger }),
    ])
    const response = await get('/readyz')
    assert.equal(response.status, 503)
    assert.deepEqual(await response.json(), {
      status: 'not ready',
      checks: { passes: 'up', fails: 'down', hangs: 'down' },
    })
    assert.match(JSON.stringify(lines), /refused by 10\.1\.2\.3/)
    assert.match(JSON.stringify(lines), /hangs did not answer within 50 ms/)
  })

  it('shows what is optional, and is ready without it', async t => {
    const { logger } = captureLog()
    const { get } = await setup(t, [
      healthRoutes({ checks: { passes }, optional: { mailServer: fails }, logger }),
    ])
    const response = await get('/readyz')
    assert.equal(response.status, 200)
    assert.deepEqual(await response.json(), {
      status: 'ready',
      checks: { passes: 'up' },
      optional: { mailServer: 'down' },
    })
  })

  it('logs a change of state once', async t => {
    const { logger, lines } = captureLog()
    let check = fails
    const { get } = await setup(t, [healthRoutes({ checks: { mysql: () => check() }, cacheMs: 0, logger })])
    await get('/readyz')
    await get('/readyz')
    check = passes
    await get('/readyz')
    await get('/readyz')
    assert.deepEqual(
      lines.map(({ msg }) => msg),
      ['does not answer', 'answers again'],
    )
  })

  it('asks its servers once, however many ask it', async t => {
    const { logger } = captureLog()
    let runs = 0
    const mysql: HealthCheck = async () => {
      runs += 1
      await new Promise(setImmediate)
    }
    const { get } = await setup(t, [healthRoutes({ checks: { mysql }, logger, cacheMs: 60_000 })])
    const statuses = await Promise.all(Array.from({ length: 100 }, async () => (await get('/readyz')).status))
    assert.deepEqual([new Set(statuses), runs], [new Set([200]), 1])
  })

  it('is not ready when a check fails at once', async t => {
    const { logger } = captureLog()
    const pool: HealthCheck = () => {
      throw new Error('the pool is empty')
    }
    const { get } = await setup(t, [healthRoutes({ checks: { pool }, logger })])
    assert.equal((await get('/readyz')).status, 503)
  })

  it('tells the world no more than whether it is ready', async t => {
    const { logger } = captureLog()
    const { get } = await setup(t, [healthRoutes({ checks: { fails }, logger })])
    const response = await get('/readyz', { headers: { 'X-Forwarded-For': '203.0.113.7' } })
    assert.deepEqual([response.status, await response.json()], [503, { status: 'not ready' }])
  })

  it('is not ready once the service is shutting down', async t => {
    const { logger } = captureLog()
    const stopping = new AbortController()
    const { get } = await setup(t, [healthRoutes({ checks: { passes }, logger, shutdown: stopping.signal })])
    stopping.abort()
    const response = await get('/readyz')
    assert.equal(response.status, 503)
    assert.equal(((await response.json()) as { status: string }).status, 'shutting down')
  })
})
