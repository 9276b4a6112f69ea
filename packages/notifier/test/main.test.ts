import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { startService } from '@jackalope/local-servers/testing'

const main = new URL('../src/main.ts', import.meta.url)
const required = {
  AMQP_URL: 'amqp://127.0.0.1:1',
  REDIS_URL: 'redis://127.0.0.1:1',
  AUTH_URL: 'http://127.0.0.1:1',
  SERVICE_TOKEN: 'b8Jb0kTjNqv2yVd5Xh1mZr7sQw4eLc9f',
  LINK_SECRET: 'Wq7nT3kLp9xZ2vB6mD4sF8hJ1cR5gY0e',
  PUBLIC_URL: 'http://127.0.0.1:8080',
}

/** Runs the notifier until it ends. */
async function run(t: TestContext, env: Record<string, string>) {
  const { ended } = await startService(t, main, env)
  const { code, stderr } = await ended
  return { code, stderr }
}

describe('the process of the notifier', () => {
  it('refuses to start, with a line that says what to do, when nobody said whether to send mail', async t => {
    assert.deepEqual(await run(t, required), {
      code: 78,
      stderr:
        'notifier cannot start. The configuration has faults:\n' +
        '  SMTP_URL: is not set; set it to the mail server, or MAIL=off to send no mail\n',
    })
  })

  it('refuses to start when both was said', async t => {
    const both = { ...required, MAIL: 'off', SMTP_URL: 'smtp://127.0.0.1', MAIL_FROM: 'a@example.com' }
    const { code, stderr } = await run(t, both)
    assert.equal(code, 78)
    assert.match(stderr, /^ {2}MAIL: is off although SMTP_URL names a mail server/m)
  })
  it('is alive and not ready while RabbitMQ and Redis are not there, and ends cleanly on SIGTERM', async t => {
    const { url, child, logged, ended } = await startService(t, main, { ...required, MAIL: 'off' })
    await logged('listening')
    const get = (path: string) => fetch(url + path)
    assert.equal((await get('/healthz')).status, 200)
    const readiness = await get('/readyz')
    assert.equal(readiness.status, 503)
    assert.deepEqual(await readiness.json(), { status: 'not ready', checks: { jobs: 'down' } })
    child.kill('SIGTERM')
    assert.equal((await ended).code, 0)
  })
})
