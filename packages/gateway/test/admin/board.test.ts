import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { accountMail, convertVideo, operatedQueueNames } from '@jackalope/contracts'
import { until } from '@jackalope/local-servers/testing'
import { UnrecoverableError } from '@jackalope/worker-kit'
import { signToken, startTestGateway } from '../support/test-gateway.ts'

test('bull-board shows all queues to admins alone, changes nothing, and loads nothing from elsewhere', {
  timeout: 60_000,
}, async t => {
  const { url, kit } = await startTestGateway(t, {}, { checkAnswers: false })
  const root = { Authorization: `Bearer ${signToken(randomUUID(), { roles: ['user', 'admin'] })}` }
  const get = (path: string, headers: Record<string, string> = root, method = 'GET') =>
    fetch(url + path, { method, headers, redirect: 'manual' })

  for (const path of [
    '/admin/board',
    '/admin/board/',
    '/admin/board/static/js/x.js',
    '/admin/board/api/queues',
  ]) {
    assert.equal((await get(path, {})).status, 401, path)
    assert.equal((await get(path, { Authorization: `Bearer ${signToken(randomUUID())}` })).status, 403, path)
  }
  const visitor = await get('/admin/board', { Accept: 'text/html' })
  assert.deepEqual([visitor.status, visitor.headers.get('location')], [302, '/sign-in'])

  const page = await get('/admin/board')
  const html = await page.text()
  assert.equal(page.status, 200)
  const policy = page.headers.get('content-security-policy') ?? ''
  // The hash that Chromium asks for: a picture of the board has a style.
  assert.match(
    policy,
    /script-src 'self'; style-src 'self' 'sha256-r2N1TB\/gHbBtBZFKg7ejmq1acVSREzucTAEw6ga4hoU='; /,
  )
  assert.doesNotMatch(policy, /unsafe|https?:/)
  assert.doesNotMatch(
    html,
    /<style|style=|https:\/\/|<script(?![^>]*(src="static\/|type="application\/json"))/,
  )
  assert.match(html, /<div id="root"><\/div>/)
  for (const [, file = ''] of html.matchAll(/(?:src|href)="(static\/[^"]+\.(?:js|css|svg))"/g))
    assert.equal((await get(`/admin/board/${file}`)).status, 200, file)

  kit.work(accountMail, async () => {
    throw new UnrecoverableError('550 <ada@example.com> is unknown')
  })
  await kit.queue(accountMail).add({ mailId: 'm1' }, { jobId: 'm1' })
  const query = '?activeQueue=account.mail&status=failed&page=1&jobsPerPage=10'
  const { queues } = await until(async () => {
    const text = await (await get(`/admin/board/api/queues${query}`)).text()
    assert.doesNotMatch(text, /example\.com/)
    return text.includes('<[hidden]> is unknown') && JSON.parse(text)
  })
  assert.deepEqual(
    queues.map(({ name, readOnlyMode }: { name: string; readOnlyMode: boolean }) => [name, readOnlyMode]),
    operatedQueueNames.map(name => [name, true]),
  )
  const one = await (await get('/admin/board/api/queues/account.mail/m1')).text()
  assert.doesNotMatch(one, /example\.com/)

  for (const [method, path] of [
    ['PUT', '/admin/board/api/queues/pause'],
    ['PUT', '/admin/board/api/queues/account.mail/m1/retry'],
    ['POST', '/admin/board/api/queues/video.convert/add'],
  ] as const)
    assert.equal((await get(path, root, method)).status, 405, path)
  assert.equal(await kit.queue(convertVideo).bull.isPaused(), false)
})
