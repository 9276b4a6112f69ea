import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { findFreePort } from '@jackalope/local-servers'
import { until } from './support/kit.ts'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const required = {
  PORT: '8083',
  AMQP_URL: 'amqp://127.0.0.1:1',
  REDIS_URL: 'redis://127.0.0.1:1',
  AUTH_URL: 'http://127.0.0.1:1',
  SERVICE_TOKEN: 'b8Jb0kTjNqv2yVd5Xh1mZr7sQw4eLc9f',
  PUBLIC_URL: 'http://127.0.0.1:8080',
}

/** Runs the service as a process until it ends. */
function run(env: Record<string, string>): Promise<{ code: unknown; stderr: string }> {
  return new Promise(resolve => {
    execFile(
      process.execPath,
      [main],
      { env: { PATH: process.env.PATH, ...env } },
      (error, _stdout, stderr) => resolve({ code: error ? error.code : 0, stderr }),
    )
  })
}

describe('the process of the notifier', () => {
  it('refuses to start, with a line that says what to do, when nobody said whether to send mail', async () => {
    assert.deepEqual(await run(required), {
      code: 78,
      stderr:
        'notifier cannot start. The configuration has faults:\n' +
        '  SMTP_URL: is not set; set it to the mail server, or MAIL=off to send no mail\n',
    })
  })

  it('refuses to start when both was said', async () => {
    const both = { ...required, MAIL: 'off', SMTP_URL: 'smtp://127.0.0.1', MAIL_FROM: 'a@example.com' }
    const { code, stderr } = await run(both)
    assert.equal(code, 78)
    assert.match(stderr, /^ {2}MAIL: is off although SMTP_URL names a mail server/m)
  })
  it('is alive and not ready while RabbitMQ and Redis are not there, and ends cleanly on SIGTERM', async t => {
    const port = await findFreePort()
    const env = { PATH: process.env.PATH, ...required, PORT: String(port), MAIL: 'off' }
    const child = spawn(process.execPath, [main], { env, stdio: 'ignore' })
    t.after(() => child.kill('SIGKILL'))
    const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`)
    await until('an answer', async () => (await get('/healthz').catch(() => undefined))?.ok)
    const readiness = await get('/readyz')
    assert.equal(readiness.status, 503)
    assert.deepEqual(await readiness.json(), { status: 'not ready', checks: { jobs: 'down' } })
    child.kill('SIGTERM')
    assert.deepEqual(await once(child, 'exit'), [0, null])
  })
})
