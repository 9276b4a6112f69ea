import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serviceInfo } from '@jackalope/contracts'
import { startAuthService } from '../support/auth-service.ts'
import { openBrowser } from '../support/browser.ts'
import { startTestGateway } from '../support/test-gateway.ts'

const form = (bytes: number, name = 'holiday.mp4') => {
  const fields = new FormData()
  fields.set('file', new File(['x'.repeat(bytes)], name, { type: 'video/mp4' }))
  return fields
}

test('a guest tries the service within small limits, and keeps his files when he registers', async t => {
  const auth = await startAuthService(t, { GUESTS: 'on', GUEST_KEPT_SECONDS: '60' })
  const gateway = await startTestGateway(t, { AUTH_URL: auth.url, MAX_OPEN_JOBS_PER_USER: 50 })
  const service = await (await gateway.request('/service')).json()
  assert.deepEqual(serviceInfo.strict().parse(service), {
    formats: ['mp3', 'm4a', 'opus', 'flac', 'wav'],
    maxUploadBytes: 2 * 1024 ** 3,
    unverified: { maxUploadBytes: 200 * 1024 ** 2, uploadsPerDay: 5 },
    retention: { sourceSeconds: 86_400, audioSeconds: 604_800, jobSeconds: null },
    ...{ registration: true, mail: false },
    guests: { maxUploadBytes: 1_000, maxStoredBytes: 3_000, maxOpenJobs: 2, keptSeconds: 60 },
  })

  const browser = openBrowser(gateway)
  const begun = await browser.send('POST', '/session/guest')
  assert.equal(begun.status, 201)
  assert.match(begun.headers.get('Set-Cookie') ?? '', /Max-Age=(60|59|58);/)
  const { user: guest } = (await begun.json()) as { user: { id: string } }
  const again = await browser.send('POST', '/session/guest')
  assert.deepEqual([again.status, await again.json()], [200, { user: guest }])
  const statusOf = async (bytes: number, name?: string) => {
    const response = await browser.send('POST', '/upload', { body: form(bytes, name) })
    return `${response.status} ${((await response.json()) as { code?: string }).code}`
  }
  assert.equal(await statusOf(100_000), '413 file-too-large')
  assert.equal(await statusOf(900, 'Über den Wolken.mp4'), '202 undefined')
  const usage = async () => (await browser.send('GET', '/account/usage')).json()
  assert.deepEqual(await usage(), { storedBytes: 900, maxStoredBytes: 3_000, openJobs: 1, maxOpenJobs: 2 })
  assert.equal(await statusOf(901, 'Wolken am Meer.mp4'), '202 undefined')
  assert.equal(await statusOf(902), '429 too-many-open-jobs')
  const found = async (search: string) => {
    const response = await browser.send('GET', `/jobs?${new URLSearchParams({ search, limit: '1' })}`)
    const { jobs, next } = (await response.json()) as { jobs: { fileName: string }[]; next?: string }
    return [jobs[0]?.fileName, next && new URL(next).searchParams.get('search')]
  }
  assert.deepEqual(await found('WOLKEN  über'), ['Über den Wolken.mp4', undefined])
  assert.deepEqual(await found('wolken'), ['Wolken am Meer.mp4', 'wolken'])
  assert.deepEqual(await found('wolken berg'), [undefined, undefined])
  for (const [method, path] of [
    ['GET', '/account'],
    ['GET', '/account/export'],
    ['POST', '/account/api-keys'],
    ['POST', '/account/webhooks'],
  ] as const)
    assert.equal((await browser.send(method, path)).status, 403, path)

  const ada = { email: 'ada@example.com', password: 'Correct-horse-9' }
  const registered = await browser.json('POST', '/register', ada)
  assert.equal(((await registered.json()) as { id: string }).id, guest.id)
  assert.equal(await browser.user(), null)
  assert.equal((await browser.json('POST', '/session', ada)).status, 201)
  const jobs = await (await browser.send('GET', '/jobs')).json()
  assert.equal((jobs as { jobs: unknown[] }).jobs.length, 2)
  assert.deepEqual(await usage(), { storedBytes: 1_801, maxStoredBytes: null, openJobs: 2, maxOpenJobs: 50 })
})
