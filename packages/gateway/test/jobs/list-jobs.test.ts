import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type JobList, jobList, videoIdOfJob } from '@jackalope/contracts'
import { storeResult, uploaded } from '../support/conversions.ts'
import { publicUrl, startTestGateway, type TestGateway } from '../support/test-gateway.ts'

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
  assert.deepEqual([history, options], [[], { format: 'mp3' }])
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
