import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { conversionOptions, type JobList, jobList, videoIdOfJob } from '@jackalope/contracts'
import { until } from '@jackalope/local-servers/testing'
import { storeResult, uploaded } from '../support/conversions.ts'
import { publicUrl, signToken, startTestGateway, type TestGateway } from '../support/test-gateway.ts'

test("lists the user's own jobs, newest first, page after page", async t => {
  const gateway = await startTestGateway(t)
  const ids: string[] = []
  for (let number = 0; number < 5; number++) {
    ids.unshift(await uploaded(gateway, 'ada', `${number}.mp4`))
    await uploaded(gateway, 'bob')
  }
  assert.deepEqual(await idsAt(gateway, '/jobs'), ids)

  const first = await getList(gateway, '/jobs?limit=2')
  assert.deepEqual(first.jobs.map(idOf), ids.slice(0, 2))
  // A cursor is a position in the list: its job may be deleted.
  await gateway.videos.delete(videoIdOfJob(ids[1] as string) ?? '')
  const second = await getList(gateway, first.next ?? '')
  assert.deepEqual(second.jobs.map(idOf), ids.slice(2, 4))
  const third = await getList(gateway, second.next ?? '')
  assert.deepEqual(third.jobs.map(idOf), ids.slice(4))
  assert.equal(third.next, undefined)
})

test('gives an empty list to a user without jobs, and no next page when a page is just full', async t => {
  const gateway = await startTestGateway(t)
  assert.deepEqual(await getList(gateway, '/jobs'), { jobs: [] })
  await uploaded(gateway)
  assert.equal((await getList(gateway, '/jobs?limit=1')).next, undefined)
})

test('links to the next page', async t => {
  const gateway = await startTestGateway(t)
  await uploaded(gateway)
  await uploaded(gateway)
  const response = await gateway.request('/jobs?limit=1', { user: 'ada' })
  const { next } = (await response.json()) as JobList
  assert.equal(response.headers.get('Link'), `<${next}>; rel="next"`)
})

test('shows each job as GET /jobs/:id does', async t => {
  const gateway = await startTestGateway(t)
  const id = await uploaded(gateway)
  await storeResult(gateway, id)
  const [listed] = (await getList(gateway, '/jobs')).jobs
  const single = await (await gateway.request(`/jobs/${id}`, { user: 'ada' })).json()
  assert.equal(listed?.state, 'completed')
  const { history, options, ...rest } = single as Record<string, unknown>
  assert.deepEqual(listed, rest)
  assert.deepEqual([history, options], [[], conversionOptions.parse({})])
})

test('refuses a limit out of range and a cursor that it did not make', async t => {
  const gateway = await startTestGateway(t)
  for (const query of [
    'limit=0',
    'limit=101',
    'limit=1e1',
    'limit=',
    'limit=2&limit=3',
    'before=x',
    'before=1-2',
  ]) {
    const response = await gateway.request(`/jobs?${query}`, { user: 'ada' })
    assert.deepEqual([query, response.status], [query, 400])
    assert.match(((await response.json()) as { detail: string }).detail, /^Query "(limit|before)": expected /)
  }
})

test('filters by state, name and time, page after page', async t => {
  const gateway = await startTestGateway(t)
  const names = ['Über (1).mp4', 'holiday.mov', 'Holiday 2.mov', 'talk.mp4']
  const ids: string[] = []
  for (const name of names) ids.push(await uploaded(gateway, 'ada', name))
  const [one, two, three, four] = ids as [string, string, string, string]
  await storeResult(gateway, two)
  await gateway.request(`/jobs/${three}/cancel`, { user: 'ada', method: 'POST' })

  assert.deepEqual(await idsAt(gateway, '/jobs?state=completed'), [two])
  assert.deepEqual(await idsAt(gateway, '/jobs?state=canceled'), [three])
  assert.deepEqual(await idsAt(gateway, '/jobs?state=failed'), [])
  assert.deepEqual(await idsAt(gateway, '/jobs?state=waiting'), [four, one])
  assert.deepEqual(await idsAt(gateway, '/jobs?fileName=HOLIDAY'), [three, two])
  assert.deepEqual(await idsAt(gateway, `/jobs?fileName=${encodeURIComponent('\u0075\u0308ber (')}`), [one])
  const first = await getList(gateway, '/jobs?state=waiting&limit=1&fileName=mp4')
  assert.deepEqual(first.jobs.map(idOf), [four])
  assert.deepEqual(await idsAt(gateway, first.next ?? ''), [one])
  const [newest] = (await getList(gateway, '/jobs')).jobs
  const at = encodeURIComponent(newest?.createdAt ?? '')
  assert.deepEqual(await idsAt(gateway, `/jobs?since=${at}`), [four])
  assert.deepEqual(await idsAt(gateway, `/jobs?until=${at}`), [three, two, one])
})

test('refuses what it does not know, and times that are none', async t => {
  const gateway = await startTestGateway(t)
  for (const query of [
    ...['state=', 'state=done', 'state=unknown', 'page=2', 'fileName=', `fileName=${'x'.repeat(101)}`],
    ...['since=yesterday', 'until=2026-13-01T00:00:00Z', 'since=99999-01-01T00:00:00Z'],
    ...['before=99999999999999-0123456789abcdef01234567', 'state=failed&state=failed'],
  ]) {
    const response = await gateway.request(`/jobs?${query}`, { user: 'ada' })
    const { code } = (await response.json()) as { code: string }
    assert.deepEqual([query, response.status, code], [query, 400, 'invalid-query'])
  }
})

test('many lists at once of one user are answered or refused, never with a 500, and others are served', async t => {
  const gateway = await startTestGateway(t)
  await uploaded(gateway)
  await uploaded(gateway, 'bob')
  const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1')
  const request = `GET /jobs?limit=100 HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${signToken('ada')}\r\n\r\n`
  socket.write(request.repeat(500))
  const startedAt = performance.now()
  assert.equal((await gateway.request('/jobs', { user: 'bob' })).status, 200)
  assert.ok(performance.now() - startedAt < 5_000)
  socket.setEncoding('latin1')
  let text = ''
  socket.on('data', piece => {
    text += piece
  })
  socket.on('error', () => {})
  await until(async () => socket.destroyed || (text.match(/^HTTP\/1\.1 /gm) ?? []).length >= 500)
  socket.destroy()
  const statuses = new Set([...text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(match => match[1]))
  assert.ok(statuses.has('200'))
  for (const status of statuses) assert.ok(['200', '429', '503'].includes(status ?? ''), status)
})

async function getList(gateway: TestGateway, address: string): Promise<JobList> {
  // Addresses of next pages are absolute.
  const response = await gateway.request(address.replace(publicUrl, ''), { user: 'ada' })
  assert.equal(response.status, 200)
  return jobList.parse(await response.json())
}

async function idsAt(gateway: TestGateway, path: string): Promise<string[]> {
  return (await getList(gateway, path)).jobs.map(idOf)
}

function idOf({ id }: { id: string }): string {
  return id
}
