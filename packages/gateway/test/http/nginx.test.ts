import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { findFreePort, findProgram } from '@jackalope/local-servers'
import { onEnd, temporaryFolder, until } from '@jackalope/local-servers/testing'
import { readConfig, trustProxies } from '@jackalope/service-kit'
import { z } from 'zod'
import { rateLimits } from '../../src/http/rate-limits.ts'
import { upload } from '../support/forms.ts'
import { signToken, startTestGateway, type TestGateway } from '../support/test-gateway.ts'

const program = findProgram('nginx') ?? 'nginx'
const { RATE_LIMITS } = readConfig(z.object({ RATE_LIMITS: rateLimits() }), { RATE_LIMITS: 'credentials=1' })

/** nginx before a gateway, as docs/compose.md has it, or with its own buffering. */
async function startBehindNginx(t: TestContext, buffering: 'on' | 'off'): Promise<TestGateway> {
  const gateway = await startTestGateway(t, { TRUSTED_PROXIES: trustProxies(['loopback']), RATE_LIMITS })
  const dir = await temporaryFolder(t)
  const port = await findFreePort()
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    name => `${name}_temp_path "${dir}/${name}";`,
  )
  const config = `
    ${process.getuid?.() === 0 ? 'user root;' : ''}
    daemon off; pid "${dir}/pid"; error_log stderr;
    events {}
    http {
      access_log off; ${paths.join(' ')}
      server {
        listen 127.0.0.1:${port};
        location / {
          proxy_pass ${gateway.url}; proxy_set_header X-Forwarded-For $remote_addr;
          ${buffering === 'off' ? 'proxy_http_version 1.1;' : ''}
          client_max_body_size 0; proxy_request_buffering ${buffering}; proxy_buffering ${buffering};
        }
      }
    }`
  const file = join(dir, 'nginx.conf')
  await writeFile(file, config)
  const child = spawn(program, ['-e', 'stderr', '-c', file], { stdio: ['ignore', 'ignore', 'pipe'] })
  let messages = ''
  child.stderr.setEncoding('utf8').on('data', text => {
    messages += text
  })
  const ended = once(child, 'close')
  onEnd(t, async () => {
    child.kill('SIGTERM')
    await ended
  })
  const url = `http://127.0.0.1:${port}`
  await until(async () => {
    assert.equal(child.exitCode, null, messages)
    return await fetch(`${url}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    )
  })
  const request: TestGateway['request'] = async (path, { user, ...init } = {}) => {
    const headers = new Headers(init.headers)
    if (user) headers.set('Authorization', `Bearer ${signToken(user)}`)
    return await fetch(url + path, { ...init, headers })
  }
  return { ...gateway, url, request }
}

for (const buffering of ['on', 'off'] as const)
  test(`behind nginx, buffering ${buffering}: uploads, refusals, events and addresses get through`, async t => {
    const gateway = await startBehindNginx(t, buffering)
    const video = new File([randomBytes(3_000_000)], 'song.mp4', { type: 'video/mp4' })
    const uploaded = await upload(gateway, video)
    assert.equal(uploaded.status, 202)
    const { id } = (await uploaded.json()) as { id: string }

    const refused = await gateway.request('/upload', { method: 'POST', body: randomBytes(3_000_000) })
    assert.deepEqual([refused.status, refused.headers.get('Content-Type')], [401, 'application/problem+json'])

    const events = await gateway.request(`/jobs/${id}/events`, { user: 'ada' })
    const reader = events.body?.getReader()
    assert.match(Buffer.from((await reader?.read())?.value ?? []).toString(), new RegExp(id))
    await reader?.cancel()

    // The address is nginx's word: what the client itself says of it does not count.
    const login = async (address: string) =>
      (await gateway.request('/login', { method: 'POST', headers: { 'X-Forwarded-For': address } })).status
    assert.deepEqual([await login('203.0.113.1'), await login('203.0.113.2')], [503, 429])
    assert.deepEqual(await (await gateway.request('/readyz')).json(), { status: 'not ready' })
  })
