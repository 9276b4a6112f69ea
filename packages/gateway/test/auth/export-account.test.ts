import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { Readable } from 'node:stream'
import { type TestContext, test } from 'node:test'
import { type AccountExport, type AccountView, jobIdOfVideo } from '@jackalope/contracts'
import { listen } from '@jackalope/local-servers/testing'
import { createHttpApp, createLogger, unavailable } from '@jackalope/service-kit'
import { exportAccount } from '../../src/auth/export-account.ts'
import { createDownloadLimits } from '../../src/files/download-limits.ts'
import { startAuthService } from '../support/auth-service.ts'
import { storeResult, uploaded } from '../support/conversions.ts'
import { startTestGateway } from '../support/test-gateway.ts'

const credentials = { email: 'ada@example.com', password: 'Correct-horse-9' }

test('gives what auth knows, and every job of the user, over more than a page', async t => {
  const { gateway, ownerId, call } = await setup(t)
  const exported = async () => (await (await call('/account/export')).json()) as AccountExport
  const idsOf = ({ jobs }: AccountExport) => jobs.map(({ id }) => id)
  assert.deepEqual((await exported()).jobs, [])
  const ids: string[] = []
  for (let number = 0; number < 100; number++) {
    const video = { fileName: `${number} "ü".mp4`, contentType: 'video/mp4', metadata: { ownerId } }
    ids.unshift(jobIdOfVideo((await gateway.videos.put(Readable.from(['x']), video)).id))
  }
  assert.deepEqual(idsOf(await exported()), ids)
  await uploaded(gateway, 'bob')
  const recent = await uploaded(gateway, ownerId, 'talk.mp4')
  const result = await storeResult(gateway, recent)

  const response = await call('/account/export')
  assert.equal(response.status, 200)
  assert.match(response.headers.get('Content-Type') ?? '', /^application\/json/)
  assert.equal(response.headers.get('Content-Disposition'), 'attachment; filename="account.json"')
  assert.equal(response.headers.get('Cache-Control'), 'no-store')
  const answer = (await response.json()) as AccountExport
  assert.equal(answer.account.email, credentials.email)
  assert.equal(answer.audit[0]?.action, 'account-exported')
  assert.deepEqual(idsOf(answer), [recent, ...ids])
  const [first, second] = answer.jobs
  assert.deepEqual([first?.fileName, first?.state, first?.result], ['talk.mp4', 'completed', result])
  assert.equal(second?.fileName, '99 "ü".mp4')
})

test("gives auth's refusal as it is", async t => {
  const server = createServer((_request, response) => {
    response.writeHead(403, { 'Content-Type': 'application/problem+json' }).end('{"code":"locked"}')
  })
  const gateway = await startTestGateway(t, { AUTH_URL: await listen(t, server) }, { checkAnswers: false })
  assert.equal((await gateway.request('/account/export')).status, 401)
  const refused = await gateway.request('/account/export', { user: 'ada' })
  assert.deepEqual([refused.status, await refused.json()], [403, { code: 'locked' }])
})

test('answers 503 when the jobs cannot be read, and cuts the connection when they cannot be read to the end', async t => {
  let pages = 0
  const deps = {
    auth: { send: async () => new Response('{"account":{}}') },
    downloadLimits: createDownloadLimits(),
    listTurns: {
      async run() {
        if (pages === 0) throw unavailable('The store of files')
        pages -= 1
        const videos = Array.from({ length: 100 }, (_, number) => ({ id: String(number) }))
        return [videos, videos]
      },
    },
  } as unknown as Parameters<typeof exportAccount>[0]
  const app = createHttpApp({ logger: createLogger({ service: 'test', level: 'silent' }) })
  app.use(async ctx => {
    ctx.state.userId = 'ada'
    await exportAccount(deps)(ctx as never, { params: {}, query: {}, body: undefined })
  })
  const url = await listen(t, createServer(app.callback()))
  assert.equal((await fetch(url)).status, 503)
  pages = 3
  const response = await fetch(url)
  assert.equal(response.status, 200)
  await assert.rejects(response.text())
})

async function setup(t: TestContext) {
  const auth = await startAuthService(t)
  const gateway = await startTestGateway(t, { AUTH_URL: auth.url })
  await gateway.request('/register', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(credentials),
  })
  const Authorization = `Basic ${btoa(`${credentials.email}:${credentials.password}`)}`
  const login = await gateway.request('/login', { method: 'POST', headers: { Authorization } })
  const { access_token } = (await login.json()) as { access_token: string }
  const call = (path: string) =>
    gateway.request(path, { headers: { Authorization: `Bearer ${access_token}` } })
  const { id: ownerId } = (await (await call('/account')).json()) as AccountView
  return { gateway, ownerId, call }
}
